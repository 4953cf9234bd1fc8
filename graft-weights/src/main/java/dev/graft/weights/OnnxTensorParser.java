package dev.graft.weights;

import dev.graft.error.WeightsFileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one {@code TensorProto} up to its values, and checks that these have the size that type and shape call for. */
final class OnnxTensorParser {
    private static final int DIMS = 1;
    private static final int DATA_TYPE = 2;
    private static final int SEGMENT = 3;
    private static final int FLOAT_DATA = 4;
    private static final int INT32_DATA = 5;
    private static final int INT64_DATA = 7;
    private static final int NAME = 8;
    private static final int RAW_DATA = 9;
    private static final int DOUBLE_DATA = 10;
    private static final int UINT64_DATA = 11;
    private static final int EXTERNAL_DATA = 13;
    private static final int DATA_LOCATION = 14;

    private final ProtobufReader message;
    private final int[] varintsLeft;
    private final long[] dims = new long[Limits.RANK];
    private int rank;
    private long dataType;
    private String name = "";
    private int dataField;
    private long begin;
    private long end;
    private byte @Nullable [] decoded;
    private @Nullable String externalPath;
    private boolean external;

    private OnnxTensorParser(ProtobufReader message, int[] varintsLeft) {
        this.message = message;
        this.varintsLeft = varintsLeft;
    }

    /**
     * A tensor and, if the file does not hold its values as plain little-endian elements, their bytes in that form.
     *
     * @param info what it is; its range lies in the file, or in the bytes if there are some
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Parsed(TensorInfo info, byte @Nullable [] decoded) {}

    /** Reads a tensor; {@code varintsLeft} holds how many values may still be decoded, in its one element. */
    static Parsed parse(ProtobufReader message, int[] varintsLeft) {
        OnnxTensorParser parser = new OnnxTensorParser(message, varintsLeft);
        // The type decides how the values are read, and may follow them.
        ProtobufReader first = message.copy();
        while (first.next()) {
            if (first.field() == DATA_TYPE) {
                parser.dataType = first.integer();
            } else if (first.field() == NAME) {
                parser.name = first.text(Limits.NAME_CHARACTERS);
            }
        }
        return parser.parse();
    }

    private Parsed parse() {
        TensorType type = type().orElseThrow(() -> refusal(
                "a tensor has an element type that is not read",
                "a float, an integer or a boolean type",
                "ONNX data type " + dataType,
                "leave this tensor out when the model is exported, or convert it"));
        while (message.next()) {
            readField(type);
        }
        if (external) {
            throw refusal(
                    "a tensor's values lie in another file, which is never followed",
                    "values inside the ONNX file",
                    externalPath == null ? "external data" : "external data at " + Names.quote(externalPath),
                    "save the model as one file: onnx.save_model(model, path, save_as_external_data=False)");
        }
        return checked(type);
    }

    private void readField(TensorType type) {
        switch (message.field()) {
            case DIMS -> message.integers(this::addDimension);
            case SEGMENT ->
                throw refusal("a tensor is stored in segments", "whole tensors", "a segment", "export the model again");
            case FLOAT_DATA -> range(type == TensorType.F32);
            case DOUBLE_DATA -> range(type == TensorType.F64);
            case RAW_DATA -> range(true);
            case INT32_DATA -> varints(type, type.bytes() <= Integer.BYTES && type != TensorType.F32);
            case INT64_DATA -> varints(type, type == TensorType.I64);
            case UINT64_DATA -> varints(type, type == TensorType.U64 || type == TensorType.U32);
            case EXTERNAL_DATA -> readExternal(message.message("an external data entry"));
            case DATA_LOCATION -> external |= message.integer() == 1;
            default -> {
                // Documentation and whatever later versions add: nothing that changes the values.
            }
        }
    }

    private void addDimension(long dimension) {
        if (rank == Limits.RANK || dimension < 0) {
            throw refusal(
                    "a tensor's shape is out of range",
                    "at most " + Limits.RANK + " dimensions of 0 or more",
                    rank == Limits.RANK ? "more dimensions" : "dimension " + dimension,
                    "the file is damaged: download or export it again");
        }
        dims[rank++] = dimension;
    }

    private void range(boolean fits) {
        if (message.wireType() != ProtobufReader.LENGTH_DELIMITED) {
            throw refusal(
                    "a tensor's values are not packed",
                    "one range of bytes",
                    "one field a value",
                    "export the model again with a current version of onnx");
        }
        if (message.begin() == message.end()) {
            return;
        }
        requireOnly(fits);
        begin = message.begin();
        end = message.end();
    }

    private void varints(TensorType type, boolean fits) {
        if (message.wireType() == ProtobufReader.LENGTH_DELIMITED && message.begin() == message.end()) {
            return;
        }
        requireOnly(fits);
        long count = elements(type);
        if (count > varintsLeft[0]) {
            throw refusal(
                    "too many values are stored as variable-length integers",
                    "at most " + Limits.VARINT_VALUES + " such values in a file",
                    count + " in this tensor",
                    "store the values as raw_data: onnx.numpy_helper.from_array does");
        }
        varintsLeft[0] -= (int) count;
        ByteBuffer bytes = ByteBuffer.allocate((int) count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        message.integers(value -> {
            if (!bytes.hasRemaining()) {
                throw sizeDiffers(type, count + " values", "more");
            }
            put(bytes, type.bytes(), value);
        });
        if (bytes.hasRemaining()) {
            throw sizeDiffers(type, count + " values", bytes.position() / type.bytes() + " values");
        }
        decoded = bytes.array();
        begin = 0;
        end = decoded.length;
    }

    private static void put(ByteBuffer bytes, int size, long value) {
        for (int i = 0; i < size; i++) {
            bytes.put((byte) (value >> (8 * i)));
        }
    }

    private void requireOnly(boolean fits) {
        if (!fits || dataField != 0) {
            throw refusal(
                    "a tensor's values are stored in a way that does not fit its type",
                    "one field of values that fits ONNX data type " + dataType,
                    dataField == 0 ? "field " + message.field() : "fields " + dataField + " and " + message.field(),
                    "the file is damaged: download or export it again");
        }
        dataField = message.field();
    }

    private void readExternal(ProtobufReader entry) {
        external = true;
        String key = "";
        String value = "";
        while (entry.next()) {
            if (entry.field() == 1) {
                key = entry.text(Limits.NAME_CHARACTERS);
            } else if (entry.field() == 2) {
                value = entry.text(Limits.PATH_BYTES);
            }
        }
        if (key.equals("location")) {
            externalPath = value;
        }
    }

    private Parsed checked(TensorType type) {
        if (name.isEmpty()) {
            throw refusal("a tensor has no name", "a name", "none", "export the model again");
        }
        long expected;
        try {
            expected = Math.multiplyExact(elements(type), (long) type.bytes());
        } catch (ArithmeticException e) {
            throw sizeDiffers(type, "bytes that fit in the file", "more than 63 bits can count");
        }
        if (end - begin != expected) {
            throw sizeDiffers(type, expected + " bytes", end - begin + " bytes");
        }
        return new Parsed(new TensorInfo(name, type, shape(), begin, end), decoded);
    }

    private long elements(TensorType type) {
        try {
            return Shapes.elements(shape());
        } catch (ArithmeticException e) {
            throw sizeDiffers(type, "values that fit in the file", "more than 63 bits can count");
        }
    }

    private long[] shape() {
        return Arrays.copyOf(dims, rank);
    }

    private WeightsFileException sizeDiffers(TensorType type, String expected, String found) {
        return refusal(
                "a tensor's shape and type do not match its values",
                expected + " for " + type + " " + Shapes.text(shape()),
                found,
                "the file is damaged: download or export it again");
    }

    private WeightsFileException refusal(String rule, String expected, String found, String fix) {
        return new WeightsFileException(message.problem(rule)
                .with("tensor", Names.quote(name))
                .expected(expected)
                .found(found)
                .fix(fix));
    }

    /** ONNX's {@code TensorProto.DataType}. */
    private Optional<TensorType> type() {
        return Optional.ofNullable(
                switch ((int) Math.min(dataType, 99)) {
                    case 1 -> TensorType.F32;
                    case 2 -> TensorType.U8;
                    case 3 -> TensorType.I8;
                    case 4 -> TensorType.U16;
                    case 5 -> TensorType.I16;
                    case 6 -> TensorType.I32;
                    case 7 -> TensorType.I64;
                    case 9 -> TensorType.BOOL;
                    case 10 -> TensorType.F16;
                    case 11 -> TensorType.F64;
                    case 12 -> TensorType.U32;
                    case 13 -> TensorType.U64;
                    case 14 -> TensorType.C64;
                    case 16 -> TensorType.BF16;
                    case 17 -> TensorType.F8_E4M3;
                    case 19 -> TensorType.F8_E5M2;
                    default -> null;
                });
    }
}
