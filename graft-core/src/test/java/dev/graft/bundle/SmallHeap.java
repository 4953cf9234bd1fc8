package dev.graft.bundle;

import dev.graft.source.Backbones;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads something in a Java machine of its own whose heap is small: what takes more memory fails there. */
public final class SmallHeap {
    /** Java's classes and the libraries that read JSON take about a third of it. */
    private static final String HEAP = "-Xmx128m";

    private SmallHeap() {}

    /**
     * What happened, in words.
     *
     * @param what {@code bundle} or {@code backbone}, by its id or directory
     */
    public static String read(String what, Path directory) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        what,
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        child.waitFor();
        return said;
    }

    /** Reads what the first argument says from the directory that the second names. */
    public static void main(String[] arguments) {
        try {
            Object read =
                    arguments[0].equals("bundle") ? Bundle.read(Path.of(arguments[1])) : Backbones.load(arguments[1]);
            System.out.println("read " + read.getClass());
        } catch (RuntimeException | Error e) {
            System.out.println(e.getClass() + ": " + e.getMessage());
        }
    }
}
