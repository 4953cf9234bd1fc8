package dev.graft.weights;

import dev.graft.error.WeightsFileException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an object header says about a data set: type, shape, and the one range of bytes where its values lie.
 *
 * <p>Values in chunks, behind filters, in other files or made up from other data sets are refused: Keras writes none of
 * these, and each could promise far more than the file holds.
 */
final class Hdf5DataSet {
    private static final String SAVE_PLAINLY =
            "save the weights again with Keras, or copy the data sets with h5py without chunks and compression";

    private final Hdf5Bytes file;
    private final String path;
    private final Hdf5Header header;

    private Hdf5DataSet(Hdf5Bytes file, String path, Hdf5Header header) {
        this.file = file;
        this.path = path;
        this.header = header;
    }

    static boolean is(Hdf5Header header) {
        return header.first(Hdf5Message.LAYOUT).isPresent()
                || header.first(Hdf5Message.DATASPACE).isPresent();
    }

    /** The checked data set of this path; its range lies inside the file. */
    static TensorInfo read(Hdf5Bytes file, String path, Hdf5Header header) {
        return new Hdf5DataSet(file, path, header).read();
    }

    private TensorInfo read() {
        Hdf5Message external = header.first(Hdf5Message.EXTERNAL_FILES).orElse(null);
        if (external != null) {
            throw refusal("its values lie in another file, which is never followed", external.address(), "external");
        }
        Hdf5Message filters = header.first(Hdf5Message.FILTERS).orElse(null);
        if (filters != null) {
            throw refusal("its values are compressed or filtered", filters.address(), "a filter");
        }
        TensorType type = type(required(Hdf5Message.DATATYPE, "type"));
        long[] shape = shape(required(Hdf5Message.DATASPACE, "shape"));
        long bytes;
        try {
            bytes = Math.multiplyExact(Shapes.elements(shape), (long) type.bytes());
        } catch (ArithmeticException e) {
            throw new WeightsFileException(
                    file.problem("a data set's size is beyond 63 bits", header.address())
                            .with("tensor", Names.quote(path))
                            .expected("a shape whose bytes fit in the file of " + file.size() + " bytes")
                            .found(type + " " + Shapes.text(shape))
                            .fix("the file is damaged or made to do harm: get the file from a source you trust"),
                    e);
        }
        return layout(required(Hdf5Message.LAYOUT, "layout"), type, shape, bytes);
    }

    private Hdf5Message required(int type, String what) {
        Hdf5Message message = header.first(type).orElse(null);
        if (message == null) {
            throw refusal("it has no " + what, header.address(), "none");
        }
        if (message.shared()) {
            throw refusal("its " + what + " is kept elsewhere in the file", message.address(), "a shared message");
        }
        return message;
    }

    private TensorType type(Hdf5Message message) {
        ByteBuffer bytes = message.content();
        TensorType type = Hdf5Types.read(bytes);
        if (type == null) {
            throw new WeightsFileException(
                    file.problem("a data set has an element type that is not read", message.address())
                            .with("tensor", Names.quote(path))
                            .expected("little-endian float16, float32, float64 or integers")
                            .found(Hdf5Types.describe(bytes))
                            .fix("convert the data set with h5py, or leave it out of the file"));
        }
        return type;
    }

    /** The dimensions that a dataspace message declares. */
    private long[] shape(Hdf5Message message) {
        long @Nullable [] shape = shape(message.content());
        if (shape == null) {
            throw refusal("its shape is not built as the format says", message.address(), "something else");
        }
        for (long dimension : shape) {
            if (dimension < 0) {
                throw refusal("its shape is out of range", message.address(), Shapes.text(shape));
            }
        }
        return shape;
    }

    static long @Nullable [] shape(ByteBuffer message) {
        try {
            ByteBuffer bytes = message.duplicate().order(message.order()).rewind();
            int version = bytes.get();
            int rank = bytes.get() & 0xff;
            bytes.get();
            int kind = bytes.get();
            if (version == 1) {
                bytes.position(8);
            } else if (version != 2 || kind > 1) {
                return null;
            }
            if (rank > Limits.RANK) {
                return null;
            }
            long[] shape = new long[rank];
            for (int i = 0; i < rank; i++) {
                shape[i] = bytes.getLong();
            }
            return shape;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return null;
        }
    }

    private TensorInfo layout(Hdf5Message message, TensorType type, long[] shape, long bytes) {
        ByteBuffer content = message.content();
        try {
            int version = content.get();
            int kind = content.get();
            if (version != 3 && version != 4) {
                throw refusal("its layout has a version that is not read", message.address(), "version " + version);
            }
            return switch (kind) {
                case 0 -> checked(message.address() + 4, content.getShort() & 0xffff, type, shape, bytes);
                case 1 -> checked(content.getLong(), content.getLong(), type, shape, bytes);
                case 2 -> throw refusal("its values are stored in chunks", message.address(), "chunks");
                case 3 ->
                    throw refusal(
                            "it is a virtual data set, made up from others that may lie in any file",
                            message.address(),
                            "a virtual data set");
                default -> throw refusal("its layout is unknown", message.address(), "layout " + kind);
            };
        } catch (BufferUnderflowException e) {
            throw refusal("its layout is cut short", message.address(), content.limit() + " bytes");
        }
    }

    private TensorInfo checked(long begin, long length, TensorType type, long[] shape, long bytes) {
        if (length != bytes) {
            throw new WeightsFileException(
                    file.problem("a data set's shape and type do not match its bytes", header.address())
                            .with("tensor", Names.quote(path))
                            .expected(bytes + " bytes for " + type + " " + Shapes.text(shape))
                            .found(Long.toUnsignedString(length) + " bytes")
                            .fix("the file is damaged: download it again, or save it again with Keras"));
        }
        if (bytes == 0) {
            return new TensorInfo(path, type, shape, 0, 0);
        }
        if (begin == Hdf5Bytes.UNDEFINED) {
            throw refusal("its values were never written", header.address(), "no values");
        }
        file.requireInside(begin, bytes, "the data set " + Names.quote(path));
        return new TensorInfo(path, type, shape, begin, begin + bytes);
    }

    private WeightsFileException refusal(String rule, long address, String found) {
        return new WeightsFileException(file.problem("a data set is not read, because " + rule, address)
                .with("tensor", Names.quote(path))
                .expected("one range of plain values in this file")
                .found(found)
                .fix(SAVE_PLAINLY));
    }
}
