package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recognises the files that people hand over in place of safetensors, and says what each is and what to do. */
final class ForeignFormat {
    private static final int LOOKED_AT = 512;
    private static final String CONVERT = "convert it where it comes from, in Python:"
            + " safetensors.torch.save_file(torch.load(path, weights_only=True), 'model.safetensors')";

    private final ByteSource source;
    private final String expected;

    private ForeignFormat(ByteSource source, String expected) {
        this.source = source;
        this.expected = expected;
    }

    /** The refusal of a file whose first bytes do not begin a safetensors header, if they begin something known. */
    static @Nullable WeightsFileException recognise(ByteSource source) {
        return recognise(source, "a safetensors file: the length of its header, then '{'");
    }

    /** The refusal of a file that is not what was expected, if it begins as something known does. */
    static @Nullable WeightsFileException recognise(ByteSource source, String expected) {
        byte[] start = new byte[(int) Math.min(LOOKED_AT, source.size())];
        source.read(0, ByteBuffer.wrap(start));
        String text = new String(start, StandardCharsets.ISO_8859_1);
        Problem problem = new ForeignFormat(source, expected).describe(start, text);
        return problem == null ? null : new WeightsFileException(problem);
    }

    private Problem problem(String rule) {
        return source.problem(rule).where("byte 0").expected(expected);
    }

    private @Nullable Problem describe(byte[] start, String text) {
        if (text.startsWith("PK\3\4") || text.startsWith("PK\5\6")) {
            if (text.contains("data.pkl")) {
                return pickle("a PyTorch checkpoint (.pt, .pth), which is a zip archive with a Python pickle in it");
            }
            if (text.contains("metadata.json") || text.contains("model.weights.h5")) {
                return problem("it is a whole Keras model (.keras), a zip archive with the weights inside")
                        .fix("unpack the weights and load them: unzip -p MODEL.keras model.weights.h5 >"
                                + " model.weights.h5");
            }
            return problem("it is a zip archive")
                    .with("likely", "a PyTorch checkpoint, a NumPy .npz or a Keras .keras file")
                    .fix("unpack it and name the weights inside; if it is a PyTorch checkpoint, " + CONVERT);
        }
        if (start.length > 1 && (start[0] & 0xff) == 0x80 && start[1] >= 2 && start[1] <= 5) {
            return pickle("a Python pickle, as older PyTorch checkpoints (.pt, .pth) are");
        }
        if (text.startsWith("version https://git-lfs")) {
            return problem("it is a Git LFS pointer, not the weights themselves")
                    .found(Names.quote(text.lines().findFirst().orElse("")))
                    .fix("run 'git lfs pull' in the repository that it comes from, or download the file itself");
        }
        String lower = text.stripLeading().toLowerCase(Locale.ROOT);
        if (lower.startsWith("<!doctype") || lower.startsWith("<html") || lower.startsWith("<?xml")) {
            return problem("it is a web page (HTML or XML), not weights")
                    .with("likely", "a download that was answered with an error or a login page")
                    .fix("open the address in a browser, then download the file from its direct address");
        }
        if (text.startsWith("\u0089HDF\r\n\u001a\n")) {
            return problem("it is an HDF5 file")
                    .with("likely", "Keras weights (.h5)")
                    .fix("load it as Keras weights, under a name that ends in .h5");
        }
        if (looksLikeOnnx(start)) {
            return problem("it is an ONNX model").fix("load it as ONNX, under a name that ends in .onnx");
        }
        return describeRarer(text);
    }

    private @Nullable Problem describeRarer(String text) {
        if (text.startsWith("GGUF")) {
            return problem("it is a GGUF file").fix("get the model's safetensors file in its place");
        }
        if (text.startsWith("\u0093NUMPY")) {
            return problem("it is a NumPy array (.npy)")
                    .fix("save it with safetensors.numpy.save_file under the tensor's name");
        }
        if (text.startsWith("\u001f\u008b")) {
            return problem("it is compressed with gzip").fix("decompress it first");
        }
        if (text.startsWith("{")) {
            return problem("it is JSON text")
                    .with("likely", "a configuration or an index (model.safetensors.index.json)")
                    .fix("name the .safetensors file that lies beside it");
        }
        return null;
    }

    private Problem pickle(String kind) {
        return problem("it is a pickle, which can run any code when it is loaded, so it is never loaded")
                .found(kind)
                .fix(CONVERT);
    }

    /** A protobuf that begins with a small {@code ir_version} and goes on with another field of a model. */
    static boolean looksLikeOnnx(byte[] start) {
        return start.length > 2
                && start[0] == 0x08
                && start[1] > 0
                && start[1] < 32
                && (start[2] & 0x07) == 2
                && start[2] >= 0x12
                && start[2] <= 0x72;
    }
}
