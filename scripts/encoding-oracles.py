#!/usr/bin/env python3
"""The checksums in tests/codecs.rs: mapping tables as other implementations have them.

Needs glibc's iconv, ICU's uconv (Debian: icu-devtools), Ruby, and `pip install uao`. A table of
what is read has lines of a code and a character, one of what is written lines of a character's
number and its code, both in order.
"""

import ctypes
import hashlib
import subprocess

PAIRS = [bytes([lead, trail]) for lead in range(0x81, 0xFF)
         for trail in [*range(0x40, 0x7F), *range(0xA1, 0xFF)]]
CELLS = range(0xA1, 0xFF)
EUC = [bytes([0x8E, plane, row, cell]) for plane in CELLS for row in CELLS for cell in CELLS]
EUC += [bytes([row, cell]) for row in CELLS for cell in CELLS]
CHARACTERS = [chr(number) for number in range(0x80, 0x30000) if not 0xD800 <= number < 0xE000]


def checksum(name, table):
    lines = "".join(f"{key} {value}\n" for key, value in table)
    print(name, len(table), hashlib.sha256(lines.encode()).hexdigest())


def read(name, codes, decode):
    checksum(name + " read", [(code.hex(), text) for code in codes if (text := decode(code))])


def written(name, encode):
    codes = ((character, encode(character)) for character in CHARACTERS)
    codes = ((one, code) for one, code in codes if code and len(code) > 1)
    checksum(name + " written", [(f"{ord(one):x}", code.hex()) for one, code in codes])


def iconv(target, source):
    """A function that converts bytes, or gives None."""
    libc = ctypes.CDLL("libc.so.6")
    libc.iconv_open.restype, libc.iconv.restype = ctypes.c_void_p, ctypes.c_ssize_t
    libc.iconv.argtypes = [ctypes.c_void_p] * 5
    handle = libc.iconv_open(target.encode(), source.encode())

    def convert(data):
        source, target = ctypes.create_string_buffer(data), ctypes.create_string_buffer(64)
        texts = [ctypes.c_void_p(ctypes.addressof(buffer)) for buffer in (source, target)]
        counts = [ctypes.c_size_t(len(data)), ctypes.c_size_t(64)]
        arguments = [ctypes.byref(x) for pair in zip(texts, counts) for x in pair]
        libc.iconv(handle, None, None, None, None)
        failed = libc.iconv(handle, *arguments) < 0
        libc.iconv(handle, None, None, *arguments[2:])
        return None if failed else target.raw[:64 - counts[1].value]
    return convert


def glibc(name, codes, ignored=lambda code: False):
    decode, encode = iconv("UTF-8", name), iconv(name, "UTF-8")

    def text(code):
        text = None if ignored(code) else decode(code)
        return text and text.decode()

    def code(character):
        code = encode(character.encode())
        return None if code and ignored(code) else code
    read(name, codes, text)
    written(name, code)


def icu(name, codes):
    """Line by line, as uconv takes only files; what fails becomes U+FFFD, or the byte 1A."""
    def run(arguments, data):
        return subprocess.run(["uconv", *arguments], input=data, capture_output=True).stdout
    lines = run(["-f", name, "-t", "utf-8", "--from-callback", "substitute"], b"\n".join(codes))
    texts = dict(zip(codes, lines.decode().split("\n"), strict=True))
    read(name, codes, lambda code: "\ufffd" not in texts[code] and texts[code])
    text = "\n".join(CHARACTERS).encode()
    lines = run(["-f", "utf-8", "-t", name, "--to-callback", "substitute"], text)
    codes = dict(zip(CHARACTERS, lines.split(b"\n"), strict=True))
    written(name, codes.get)


def ruby(name, codes):
    script = f"""while code = $stdin.read(2)
        text = code.force_encoding('{name}').encode('UTF-8') rescue ''
        puts text
    end"""
    lines = subprocess.run(["ruby", "-e", script], input=b"".join(codes), capture_output=True)
    texts = dict(zip(codes, lines.stdout.decode().split("\n")))
    read(name, codes, texts.get)


def uao():
    import uao as package
    codec = package.Big5UAOCodec()

    def encode(character):
        try:
            code = codec.encode(character)[0]
        except UnicodeEncodeError:
            return None
        return code if codec.decode(code)[0] == character else None
    written("uao", encode)


glibc("EUC-TW", EUC)
# Without symbols, which glibc maps otherwise than the Encoding Standard.
glibc("BIG5-HKSCS", PAIRS, lambda code: 0xA1 <= code[0] <= 0xA3)
icu("windows-950-2000", PAIRS)
ruby("Big5-UAO", PAIRS)
uao()
