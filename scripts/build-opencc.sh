#!/bin/sh
# Builds libopencc (static) and its command from the PyPI source archive into
# target/opencc, for the feature `opencc` and as an oracle where no wheel runs.
# Prints what the crate opencc-rust needs to link it, as `export` lines, and
# writes them to target/opencc/env.sh. Progress goes to stderr, so that
# `eval "$(scripts/build-opencc.sh)"` works.
set -eu

version=1.4.2
sdist=opencc-$version.tar.gz
sdist_sha256=47977905f131d7d9cfcec29fba5d841154907e1da73103105a4a68744e0f4f1a
# Raise with any change to how it is built, so that old builds are redone.
recipe=1

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
prefix=$root/target/opencc
work=$root/target/opencc-build
stamp=$prefix/.stamp
stamp_line="$version $sdist_sha256 recipe $recipe prefix $prefix"

say() {
    printf 'build-opencc: %s\n' "$*" >&2
}

sha256_of() {
    python3 -c 'import hashlib, sys
print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1"
}

download() {
    mkdir -p "$work"
    if [ ! -f "$work/$sdist" ] || [ "$(sha256_of "$work/$sdist")" != "$sdist_sha256" ]; then
        say "downloading $sdist"
        rm -f "$work/$sdist"
        # pip runs the archive's setup.py: it has to know the hash first.
        printf 'OpenCC==%s --hash=sha256:%s\n' "$version" "$sdist_sha256" \
            >"$work/requirements.txt"
        # Only OpenCC itself from source: `--no-binary :all:` would compile
        # the build tool cmake as well, for ten minutes.
        python3 -m pip download --quiet --no-deps --no-binary OpenCC \
            --dest "$work" --requirement "$work/requirements.txt" >&2
    fi
    found=$(sha256_of "$work/$sdist")
    if [ "$found" != "$sdist_sha256" ]; then
        say "$sdist has SHA-256 $found, expected $sdist_sha256"
        exit 1
    fi
}

# Sets $cmake: the one on PATH if it runs, else one that pip installs.
find_cmake() {
    cmake=cmake
    if cmake --version >/dev/null 2>&1; then
        return
    fi
    say "no cmake on PATH: installing it with pip into $work/venv"
    python3 -m venv "$work/venv" >&2
    "$work/venv/bin/python" -m pip install --quiet --only-binary :all: cmake >&2
    cmake=$work/venv/bin/cmake
}

build() {
    rm -rf "$work/source" "$work/build" "$prefix"
    mkdir -p "$work/source" "$prefix"
    tar -xzf "$work/$sdist" -C "$work/source" --strip-components=1
    generator='Unix Makefiles'
    if ninja --version >/dev/null 2>&1; then
        generator=Ninja
    fi
    say "building with $("$cmake" --version | head -n 1), $generator"
    # lib, not lib64 or lib/<triple>: env.sh names the folder.
    "$cmake" -S "$work/source" -B "$work/build" -G "$generator" \
        -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_INSTALL_PREFIX="$prefix" \
        -DCMAKE_INSTALL_LIBDIR=lib \
        -DBUILD_SHARED_LIBS=OFF \
        -DBUILD_DOCUMENTATION=OFF \
        -DBUILD_OPENCC_JIEBA_PLUGIN=OFF \
        -DBUILD_PYTHON=OFF \
        -DENABLE_GTEST=OFF \
        -DENABLE_BENCHMARK=OFF >"$work/log" 2>&1 &&
        "$cmake" --build "$work/build" --parallel "$(jobs_of_machine)" \
            --target install >>"$work/log" 2>&1 || {
        tail -n 40 "$work/log" >&2
        say "failed; the whole log is $work/log"
        exit 1
    }
}

jobs_of_machine() {
    getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2
}

check() {
    for file in lib/libopencc.a lib/libmarisa.a include/opencc/opencc.h \
        share/opencc/s2t.json share/opencc/STPhrases.ocd2; do
        if [ ! -f "$prefix/$file" ]; then
            say "the build left no $file"
            exit 1
        fi
    done
    converted=$(printf '汉字' | "$prefix/bin/opencc" -c s2t.json)
    if [ "$converted" != 漢字 ]; then
        say "the built command converts 汉字 to $converted"
        exit 1
    fi
}

write_env() {
    cat >"$prefix/env.sh" <<END
export OPENCC_LIB_DIRS='$prefix/lib'
export OPENCC_INCLUDE_DIRS='$prefix/include/opencc'
export OPENCC_LIBS=opencc:marisa
export OPENCC_STATIC=1
export OPENCC_DYLIB_STDCPP=1
END
}

if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$stamp_line" ]; then
    download
    find_cmake
    build
    check
    write_env
    printf '%s\n' "$stamp_line" >"$stamp"
fi
cat "$prefix/env.sh"
