package dev.graft.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first bytes of an HDF5 file, which say where the tree begins.
 *
 * @param rootHeader where the object header of the root group lies
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html">The format</a>
 */
record Hdf5Superblock(long rootHeader) {
    private static final byte[] SIGNATURE = "\u0089HDF\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final String WHAT = "the superblock";

    static boolean isSignature(byte[] start) {
        return start.length >= SIGNATURE.length
                && Arrays.equals(start, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    /** Reads the superblock of a file that begins with the signature. */
    static Hdf5Superblock read(Hdf5Bytes file) {
        int version = file.read(SIGNATURE.length, 1, WHAT).get();
        return switch (version) {
            case 0, 1 -> readOld(file, version);
            case 2, 3 -> readNew(file);
            default -> throw file.refusal("its superblock has an unknown version", 8, "0 to 3", "" + version);
        };
    }

    private static Hdf5Superblock readOld(Hdf5Bytes file, int version) {
        int extra = version == 0 ? 0 : 4;
        ByteBuffer bytes = file.read(0, 96 + extra, WHAT);
        requireSizes(file, bytes.get(13), bytes.get(14));
        requireWhole(file, bytes.getLong(24 + extra), bytes.getLong(40 + extra));
        return new Hdf5Superblock(bytes.getLong(64 + extra));
    }

    private static Hdf5Superblock readNew(Hdf5Bytes file) {
        ByteBuffer bytes = file.read(0, 48, WHAT);
        requireSizes(file, bytes.get(9), bytes.get(10));
        requireWhole(file, bytes.getLong(12), bytes.getLong(28));
        return new Hdf5Superblock(bytes.getLong(36));
    }

    private static void requireSizes(Hdf5Bytes file, int offsets, int lengths) {
        if (offsets != Long.BYTES || lengths != Long.BYTES) {
            throw file.refusal(
                    "its addresses have a size that is not read",
                    9,
                    "8 bytes for offsets and lengths",
                    offsets + " and " + lengths);
        }
    }

    private static void requireWhole(Hdf5Bytes file, long base, long end) {
        if (base != 0) {
            throw file.refusal("it does not begin at its first byte", 24, "base address 0", "base address " + base);
        }
        if (end < 0 || end > file.size()) {
            throw file.refusal(
                    "the file is cut short",
                    file.size(),
                    Long.toUnsignedString(end) + " bytes, as its superblock says",
                    file.size() + " bytes",
                    "download or copy the file again");
        }
    }
}
