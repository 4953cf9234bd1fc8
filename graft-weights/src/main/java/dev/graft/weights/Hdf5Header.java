package dev.graft.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Reads the messages of one object header, of either version, through all of its continuation blocks. */
final class Hdf5Header {
    private static final String WHAT = "an object header";
    private static final int BLOCKS = 1_000;
    private static final int MESSAGES = 20_000;

    /** A range of the file that holds messages. */
    private record Block(long begin, long end) {}

    private final Hdf5Bytes file;
    private final long address;
    private final List<Hdf5Message> messages = new ArrayList<>();
    private final Deque<Block> blocks = new ArrayDeque<>();
    private boolean newer;
    private boolean ordered;

    private Hdf5Header(Hdf5Bytes file, long address) {
        this.file = file;
        this.address = address;
    }

    /** Reads the header at the address. */
    static Hdf5Header read(Hdf5Bytes file, long address) {
        Hdf5Header header = new Hdf5Header(file, address);
        header.readPrefix();
        int seen = 0;
        long bytes = 0;
        while (!header.blocks.isEmpty()) {
            Block block = header.blocks.removeFirst();
            bytes += block.end() - block.begin();
            if (++seen > BLOCKS || bytes > Limits.HDF5_BLOCK_BYTES) {
                throw file.refusal("an object header has no end", address, "at most " + BLOCKS + " blocks", "more");
            }
            header.readBlock(block);
        }
        return header;
    }

    long address() {
        return address;
    }

    /** The first message of a type. */
    Optional<Hdf5Message> first(int type) {
        return messages.stream().filter(message -> message.type() == type).findFirst();
    }

    /** All messages of a type, in order. */
    List<Hdf5Message> all(int type) {
        return messages.stream().filter(message -> message.type() == type).toList();
    }

    private void readPrefix() {
        ByteBuffer start = file.read(address, 16, WHAT);
        if (start.get(0) == 'O') {
            readNewPrefix(start);
            return;
        }
        if (start.get(0) != 1) {
            throw file.refusal("an object header has an unknown version", address, "1 or 2", "" + start.get(0));
        }
        long length = Integer.toUnsignedLong(start.getInt(8));
        blocks.add(new Block(address + 16, address + 16 + length));
    }

    private void readNewPrefix(ByteBuffer start) {
        file.requireSignature(start, "OHDR", address, WHAT);
        int version = start.get();
        int flags = start.get();
        if (version != 2) {
            throw file.refusal("an object header has an unknown version", address, "1 or 2", "" + version);
        }
        newer = true;
        ordered = (flags & 0x04) != 0;
        int width = 1 << (flags & 0x03);
        long sizeAt = address + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
        long length = unsigned(file.read(sizeAt, width, WHAT), width);
        long begin = sizeAt + width;
        file.requireInside(begin, length, WHAT);
        blocks.add(new Block(begin, begin + length));
    }

    /** The next unsigned number of 1, 2, 4 or 8 bytes; a number beyond {@code long} comes out negative. */
    static long unsigned(ByteBuffer bytes, int width) {
        return switch (width) {
            case 1 -> Byte.toUnsignedLong(bytes.get());
            case 2 -> Short.toUnsignedLong(bytes.getShort());
            case 4 -> Integer.toUnsignedLong(bytes.getInt());
            default -> bytes.getLong();
        };
    }

    private void readBlock(Block block) {
        ByteBuffer bytes = file.read(block.begin(), block.end() - block.begin(), WHAT);
        int prefix = newer ? 4 + (ordered ? 2 : 0) : 8;
        // What is left may be a gap too small for a message.
        while (bytes.remaining() >= prefix) {
            int type = newer ? bytes.get() & 0xff : bytes.getShort() & 0xffff;
            int length = bytes.getShort() & 0xffff;
            int flags = bytes.get();
            bytes.position(bytes.position() + prefix - (newer ? 4 : 5));
            long at = block.begin() + bytes.position();
            if (length > bytes.remaining() || messages.size() == MESSAGES) {
                throw file.refusal(
                        "a message goes past the end of its object header",
                        at,
                        "at most " + bytes.remaining() + " bytes, and " + MESSAGES + " messages",
                        length + " bytes");
            }
            ByteBuffer content = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.position(bytes.position() + length);
            if (type == Hdf5Message.CONTINUATION) {
                addContinuation(content, at);
            } else if (type != 0) {
                messages.add(new Hdf5Message(type, (flags & 0x02) != 0, at, content));
            }
        }
    }

    private void addContinuation(ByteBuffer content, long at) {
        if (content.remaining() < 16) {
            throw file.refusal("a message is cut short", at, "16 bytes", content.remaining() + " bytes");
        }
        long begin = content.getLong();
        long length = content.getLong();
        file.requireInside(begin, length, WHAT);
        if (newer) {
            if (length < 8) {
                throw file.refusal("an object header's block is cut short", begin, "8 bytes", length + " bytes");
            }
            file.requireSignature(file.read(begin, 4, WHAT), "OCHK", begin, WHAT);
            blocks.add(new Block(begin + 4, begin + length - 4));
        } else {
            blocks.add(new Block(begin, begin + length));
        }
    }
}
