package dev.graft.weights;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists what a group holds. Follows hard links only: a soft or an external link may lead anywhere and is refused. */
final class Hdf5Links {
    private static final int NAME_OFFSET_BYTES = 40;

    /** A name in a group and the address of the object header that it stands for. */
    record Link(String name, long address) {}

    private final Hdf5Bytes file;
    private final String group;
    private final List<Link> links = new ArrayList<>();

    private Hdf5Links(Hdf5Bytes file, String group) {
        this.file = file;
        this.group = group;
    }

    /** The links of the group with this path and header. */
    static List<Link> of(Hdf5Bytes file, String group, Hdf5Header header) {
        Hdf5Links reader = new Hdf5Links(file, group);
        Optional<Hdf5Message> table = header.first(Hdf5Message.SYMBOL_TABLE);
        if (table.isPresent()) {
            reader.readTable(table.get());
        }
        header.first(Hdf5Message.LINK_INFO).ifPresent(reader::requireCompact);
        header.all(Hdf5Message.LINK).forEach(reader::readLink);
        return reader.links;
    }

    private void readTable(Hdf5Message table) {
        requireBytes(table, 16);
        long tree = table.content().getLong(0);
        long heap = table.content().getLong(8);
        ByteBuffer bytes = file.read(heap, 32, "a local heap");
        file.requireSignature(bytes, "HEAP", heap, "a local heap");
        readTree(tree, -1, bytes.getLong(24));
    }

    private void readTree(long address, int expectedLevel, long names) {
        String what = "a group's tree";
        file.visit(address, what);
        ByteBuffer start = file.read(address, 24, what);
        file.requireSignature(start, "TREE", address, what);
        int type = start.get();
        int level = start.get() & 0xff;
        int entries = start.getShort() & 0xffff;
        if (type != 0 || (expectedLevel >= 0 && level != expectedLevel)) {
            throw file.refusal(
                    "a group's tree is not built as the format says",
                    address,
                    "a node for groups" + (expectedLevel < 0 ? "" : " at level " + expectedLevel),
                    "type " + type + ", level " + level);
        }
        ByteBuffer children = file.read(address + 24, entries * 16L + 8, what);
        for (int i = 0; i < entries; i++) {
            long child = children.getLong(i * 16 + 8);
            if (level == 0) {
                readSymbols(child, names);
            } else {
                readTree(child, level - 1, names);
            }
        }
    }

    private void readSymbols(long address, long names) {
        String what = "a group's symbol table";
        file.visit(address, what);
        ByteBuffer start = file.read(address, 8, what);
        file.requireSignature(start, "SNOD", address, what);
        int symbols = start.getShort(6) & 0xffff;
        ByteBuffer entries = file.read(address + 8, (long) symbols * NAME_OFFSET_BYTES, what);
        for (int i = 0; i < symbols; i++) {
            int at = i * NAME_OFFSET_BYTES;
            long offset = entries.getLong(at);
            if (offset < 0 || offset > file.size()) {
                throw file.refusal(
                        "a link's name goes past the end of the file",
                        address + 8 + at,
                        "an offset within the file",
                        Long.toUnsignedString(offset));
            }
            String name = file.text(names + offset, "a link's name");
            if (entries.getInt(at + 16) == 2) {
                long target = Integer.toUnsignedLong(entries.getInt(at + 24));
                throw notHard(
                        address + 8 + at,
                        name,
                        "a soft link to " + Names.quote(file.text(names + target, "a soft link")));
            }
            add(name, entries.getLong(at + 8), address + 8 + at);
        }
    }

    private void requireCompact(Hdf5Message info) {
        requireBytes(info, 2);
        int flags = info.content().get(1);
        int at = 2 + ((flags & 1) != 0 ? Long.BYTES : 0);
        requireBytes(info, at + Long.BYTES);
        if (info.content().getLong(at) != Hdf5Bytes.UNDEFINED) {
            throw file.refusal(
                    "a group is stored in a form that is not read",
                    info.address(),
                    "a group as h5py and Keras write it by default",
                    "group " + Names.quote(group) + " with dense link storage",
                    "write the file again with h5py's default settings, without track_order and libver='latest'");
        }
    }

    private void readLink(Hdf5Message message) {
        ByteBuffer bytes = message.content();
        try {
            int version = bytes.get();
            int flags = bytes.get();
            int type = (flags & 0x08) != 0 ? bytes.get() & 0xff : 0;
            bytes.position(bytes.position() + ((flags & 0x04) != 0 ? Long.BYTES : 0) + ((flags & 0x10) != 0 ? 1 : 0));
            long length = Hdf5Header.unsigned(bytes, 1 << (flags & 0x03));
            if (version != 1 || message.shared() || length < 0 || length > bytes.remaining()) {
                throw new BufferUnderflowException();
            }
            byte[] name = new byte[(int) length];
            bytes.get(name);
            String text = new String(name, StandardCharsets.UTF_8);
            if (type != 0) {
                throw notHard(message.address(), text, describe(type, bytes));
            }
            add(text, bytes.getLong(), message.address());
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw malformed(message);
        }
    }

    private static String describe(int type, ByteBuffer bytes) {
        byte[] rest = new byte[Math.min(bytes.remaining(), Limits.NAME_CHARACTERS)];
        bytes.get(rest);
        String target = new String(rest, StandardCharsets.ISO_8859_1);
        String readable = target.chars()
                .filter(c -> (c >= ' ' && c < 0x7f) || c == 0)
                .collect(StringBuilder::new, (text, c) -> text.append(c == 0 ? ' ' : (char) c), StringBuilder::append)
                .toString()
                .strip();
        return (type == 1 ? "a soft link to " : type == 64 ? "an external link to " : "a link of type " + type + ": ")
                + Names.quote(readable);
    }

    private void add(String name, long address, long at) {
        if (name.isEmpty() || name.contains("/") || name.equals(".") || name.equals("..")) {
            throw file.refusal("a link's name is not one", at, "a name without '/'", Names.quote(name));
        }
        links.add(new Link(name, address));
    }

    private RuntimeException notHard(long at, String name, String found) {
        return file.refusal(
                "a link leads elsewhere, which is never followed",
                at,
                "data sets and groups that lie in the file itself",
                Names.quote(Hdf5Walk.join(group, name)) + ", " + found,
                "save the weights in one file: model.save_weights('model.weights.h5')");
    }

    private void requireBytes(Hdf5Message message, int bytes) {
        if (message.content().limit() < bytes) {
            throw malformed(message);
        }
    }

    private RuntimeException malformed(Hdf5Message message) {
        return file.refusal(
                "a message of group " + Names.quote(group) + " is malformed",
                message.address(),
                "a link as the format describes it",
                message.content().limit() + " other bytes");
    }
}
