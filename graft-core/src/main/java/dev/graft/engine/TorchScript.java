package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Functions in TorchScript, the engine's own language, which knows operations that its Java interface does not, and runs
 * many of them in one call. They come to the engine as the archive that a saved model is. They live as long as the scope
 * they were made in, and are safe for use by several threads.
 */
final class TorchScript {
    private static final String ROOT = "graft/";
    // The object that the code belongs to, pickled: one of class Net, whose only attribute is that it does not train.
    private static final String PICKLED = "\u0080\u0002c__torch__\nNet\nq\0)\u0081}(X\b\0\0\0training\u0089ub.";
    private static final String NO_CONSTANTS = "\u0080\u0002).";
    private static final String HEADER = """
            class Net(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
            """;

    private final PtSymbolBlock loaded;

    private TorchScript(PtSymbolBlock loaded) {
        this.loaded = loaded;
    }

    /**
     * A function that gives a list of tensors.
     *
     * @param name its name
     * @param arguments its arguments, such as {@code x: Tensor, p: List[Tensor]}
     * @param statements its statements, the last of which returns
     */
    record Function(String name, String arguments, List<String> statements) {
        private String code() {
            StringBuilder code = new StringBuilder(
                    "  def %s(self: __torch__.Net, %s) -> List[Tensor]:\n".formatted(name, arguments));
            statements.forEach(
                    statement -> code.append("    ").append(statement).append('\n'));
            return code.toString();
        }
    }

    /** Compiles some functions, which takes some milliseconds, however many they are. */
    static TorchScript compile(NDManager scope, List<Function> functions) {
        String code = HEADER + functions.stream().map(Function::code).collect(Collectors.joining());
        try {
            return new TorchScript(
                    JniUtils.loadModule((PtNDManager) scope, new ByteArrayInputStream(archive(code)), false, false));
        } catch (IOException e) {
            throw new UncheckedIOException("an archive in memory cannot be read", e);
        }
    }

    /** What a function makes of some arguments, for the engine's use; whoever asks for it closes it. */
    IValue call(String function, IValue... arguments) {
        // Otherwise the first runs would look for a better order of operations, in each thread anew.
        JniUtils.setGraphExecutorOptimize(false);
        return IValueUtils.runMethod(loaded, function, arguments);
    }

    /**
     * What the function {@code forward} makes of some arrays, in the scope of the first. The engine records it if it records the
     * calling thread's operations; all other functions compute what no gradient can pass through.
     */
    List<NDArray> forward(NDArray... arguments) {
        JniUtils.setGraphExecutorOptimize(false);
        return List.copyOf(IValueUtils.forward(loaded, new NDList(arguments), true));
    }

    /** What a function makes of its arguments, as arrays in a scope. */
    List<NDArray> run(NDManager target, String function, IValue... arguments) {
        try (IValue results = call(function, arguments)) {
            return List.<NDArray>copyOf(Arrays.asList(results.toTensorArray((PtNDManager) target)));
        }
    }

    /** An array as an argument; whoever asks for it closes it. */
    static IValue argument(NDArray array) {
        return IValue.from((PtNDArray) array);
    }

    /** Arrays as one argument; whoever asks for it closes it. */
    static IValue argument(List<NDArray> arrays) {
        return IValue.listFrom(arrays.toArray(PtNDArray[]::new));
    }

    private static byte[] archive(String code) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "data.pkl", PICKLED.getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            store(zip, "constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    /** The engine reads no compressed entries. */
    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(ROOT + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
