//! One level of a nested trie, decoded into plain nodes.

use super::bits::{Bits, Numbers};
use super::reader::Reader;
use super::tail::Tail;

/// The text between a node and its parent.
#[derive(Clone, Copy)]
pub(super) enum Label {
    /// A single byte.
    Byte(u8),
    /// A longer text: a node of the next level, or an offset into the tail.
    Link(usize),
}

/// A node; node 0 is the root, which is its own parent and whose label means nothing.
pub(super) struct Node {
    /// Always a smaller number than the node's own.
    pub(super) parent: usize,
    pub(super) label: Label,
}

/// A trie as a list of nodes in level order.
pub(super) struct Level<'a> {
    pub(super) nodes: Vec<Node>,
    /// Tells by node where a key ends. Empty in all tries but the outermost.
    pub(super) terminals: Bits<'a>,
}

impl<'a> Level<'a> {
    /// Reads the part of a trie that stands before the tries nested in it, and its tail.
    pub(super) fn read(reader: &mut Reader<'a>) -> Result<(Self, Tail<'a>), String> {
        let louds = Bits::read(reader, "the louds bit vector")?;
        let terminals = Bits::read(reader, "the vector of terminal flags")?;
        let link_flags = Bits::read(reader, "the vector of link flags")?;
        let bases = reader.vector(1, "the node labels")?;
        let extras = Numbers::read(reader, "the vector of links")?;
        let tail = Tail::read(reader)?;

        let parents = parents(&louds, bases.len())?;
        let labels = labels(bases, &link_flags, &extras)?;
        let nodes =
            std::iter::zip(parents, labels).map(|(parent, label)| Node { parent, label }).collect();
        Ok((Self { nodes, terminals }, tail))
    }

    /// The labels from `node` up to the root.
    ///
    /// It ends because parents have smaller numbers than their children.
    pub(super) fn upwards(&self, node: usize) -> impl Iterator<Item = Label> {
        let mut next = node;
        std::iter::from_fn(move || {
            let node = self.nodes.get(next).filter(|_| next != 0)?;
            next = node.parent;
            Some(node.label)
        })
    }

    /// Whether a label links.
    pub(super) fn has_links(&self) -> bool {
        let links = |node: &Node| matches!(node.label, Label::Link(_));
        self.nodes.iter().any(links)
    }
}

/// Decodes LOUDS, the level-order unary degree sequence: `10` for a node above the root, then for
/// each node a one for each child and a zero; marisa ends it with one more zero.
fn parents(louds: &Bits<'_>, nodes: usize) -> Result<Vec<usize>, String> {
    let not_a_tree = || "the louds bit vector does not describe a tree".to_owned();
    if louds.ones() != nodes || louds.len().checked_sub(nodes) != nodes.checked_add(2) {
        return Err("the louds bit vector does not fit the number of nodes".to_owned());
    }
    let mut bits = louds.iter();
    if (bits.next(), bits.next()) != (Some(true), Some(false)) {
        return Err(not_a_tree());
    }
    let mut parents = vec![0];
    let mut parent = 0;
    for bit in bits {
        match bit {
            false => parent += 1,
            true if parent < parents.len() => parents.push(parent),
            true => return Err(not_a_tree()),
        }
    }
    Ok(parents)
}

/// Decodes the labels: of a link, `bases` has the lowest byte and `extras` the rest.
fn labels(bases: &[u8], flags: &Bits<'_>, extras: &Numbers<'_>) -> Result<Vec<Label>, String> {
    if flags.len() != bases.len() || flags.ones() != extras.len() {
        return Err("the link flags do not fit the nodes and links".to_owned());
    }
    let mut extras = extras.iter();
    let label = |(&base, linked): (_, bool)| {
        let extra = linked.then(|| extras.next()).flatten();
        extra.map_or(Ok(Label::Byte(base)), |extra| link(base, extra))
    };
    std::iter::zip(bases, flags.iter()).map(label).collect()
}

fn link(base: u8, extra: u64) -> Result<Label, String> {
    usize::try_from(extra << 8 | u64::from(base))
        .map(Label::Link)
        .map_err(|_| "a link is too large".to_owned())
}
