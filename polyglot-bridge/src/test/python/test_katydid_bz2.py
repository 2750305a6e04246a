"""Test data compressed with bz2."""
import bz2
import io
import os
import random
import shutil
import subprocess
import tarfile
import tempfile
import unittest
import zipfile

# What the real program made of TEXT.
TEXT = b"a,b\n" * 3
PACKED = bytes.fromhex("425a6839314159265359582c18c10000045100001000043000200021b468334d11309c5dc914e1424160b06304")



class Bz2Test(unittest.TestCase):
    def texts(self):
        chance = random.Random(7)
        return [b"", b"x", b"name;password\n" * 2000, b"\0" * 300_000, b"aaaa", b"a" * 259, b"a" * 260 + b"b",
                bytes(chance.randrange(256) for _ in range(20_000)), bytes(range(256)) * 9, b"abab" * 500]

    def test_there_and_back(self):
        for text in self.texts():
            for level in (1, 9):
                self.assertEqual(text, bz2.decompress(bz2.compress(text, level)))

    def test_what_others_have_made(self):
        self.assertEqual(TEXT, bz2.decompress(PACKED))
        self.assertEqual(TEXT * 2, bz2.decompress(PACKED * 2))

    @unittest.skipUnless(shutil.which("bzip2"), "there is no bzip2 here")
    def test_others_read_what_we_make(self):
        for text in self.texts():
            done = subprocess.run(["bzip2", "-dc"], input=bz2.compress(text), stdout=subprocess.PIPE)
            self.assertEqual((0, text), (done.returncode, done.stdout))
            done = subprocess.run(["bzip2", "-c"], input=text, stdout=subprocess.PIPE)
            self.assertEqual(text, bz2.decompress(done.stdout))

    def test_several_blocks(self):
        chance = random.Random(8)
        text = b"".join(b"%d," % chance.randrange(10 ** 6) for _ in range(40_000))
        self.assertGreater(len(text), 200_000)
        self.assertEqual(text, bz2.decompress(bz2.compress(text, 1)))

    def test_a_stream_that_comes_in_pieces(self):
        packed = bz2.compress(b"piece by piece " * 100)
        reader = bz2.BZ2Decompressor()
        text = b""
        for at in range(0, len(packed), 7):
            self.assertTrue(reader.needs_input)
            text += reader.decompress(packed[at:at + 7])
        self.assertEqual(b"piece by piece " * 100, text)
        self.assertTrue(reader.eof)
        reader = bz2.BZ2Decompressor()
        self.assertEqual(b"piece", reader.decompress(packed + b"more", 5))
        self.assertFalse(reader.needs_input)
        while not reader.eof:
            reader.decompress(b"", 500)
        self.assertEqual(b"more", reader.unused_data)
        with self.assertRaises(EOFError):
            reader.decompress(b"")

    def test_files_and_archives(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "users.csv.bz2")
            with bz2.open(path, "wt") as out:
                out.write("ann,1\nbob,2\n")
            with bz2.open(path, "at") as out:
                out.write("cid,3\n")
            with bz2.open(path, "rt") as rows:
                self.assertEqual(["ann,1\n", "bob,2\n", "cid,3\n"], list(rows))
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w", zipfile.ZIP_BZIP2) as archive:
            archive.writestr("one.txt", "1" * 500)
        self.assertEqual(b"1" * 500, zipfile.ZipFile(box).read("one.txt"))
        box = io.BytesIO()
        with tarfile.open(fileobj=box, mode="w:bz2") as archive:
            entry = tarfile.TarInfo("two.txt")
            entry.size = 3
            archive.addfile(entry, io.BytesIO(b"two"))
        box.seek(0)
        self.assertEqual(b"two", tarfile.open(fileobj=box).extractfile("two.txt").read())

    def test_what_is_no_bz2(self):
        with self.assertRaises(OSError):
            bz2.decompress(b"this is none")
        with self.assertRaises(ValueError):
            bz2.decompress(bz2.compress(b"cut off" * 50)[:-5])
        spoilt = bytearray(bz2.compress(b"spoilt" * 500))
        spoilt[-3] ^= 1
        with self.assertRaises(OSError):
            bz2.decompress(bytes(spoilt))

    def test_lzma_too(self):
        import lzma
        self.assertEqual(b"x" * 1000, lzma.decompress(lzma.compress(b"x" * 1000)))
