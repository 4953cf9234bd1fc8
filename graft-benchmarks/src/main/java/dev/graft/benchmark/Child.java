package dev.graft.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parent's end of a peer's process. Closing it ends the process. */
final class Child implements AutoCloseable {
    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.requests = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a peer and waits until its engine has. What it prints goes to the log. */
    static Child start(String name, Path log) {
        try {
            ProcessBuilder builder = builder(name).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            Child child = new Child(name, builder.start());
            child.answer();
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process of a peer, with the same options of the Java machine and the same number of threads for each. */
    static ProcessBuilder builder(String name, String... more) {
        List<String> command = new ArrayList<>(List.of(
                java().toString(),
                "-XX:+UseSerialGC",
                "-Xmx3g",
                "-Djava.awt.headless=true",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                PeerProcess.class.getName(),
                name));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OMP_NUM_THREADS", "" + Runtime.getRuntime().availableProcessors());
        // Not as an option: ONNX Runtime 1.29.0 crashes in a process whose command line is longer than 4,096 bytes.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
        return builder;
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    String name() {
        return name;
    }

    /** Prepares a work; false if this peer has no such work. */
    boolean prepare(Task task) {
        return !ask("prepare " + task.toLine()).equals("unsupported");
    }

    /** Milliseconds for one unit of a prepared work. */
    double round(String work, double seconds) {
        return Double.parseDouble(ask("round " + work + " " + seconds));
    }

    float[] outcome(String work) {
        String answer = ask("outcome " + work).strip();
        if (answer.isEmpty()) {
            return new float[0];
        }
        String[] words = answer.split(" ", -1);
        float[] values = new float[words.length];
        for (int i = 0; i < words.length; i++) {
            values[i] = Float.parseFloat(words[i]);
        }
        return values;
    }

    void closeWork(String work) {
        ask("close " + work);
    }

    private String ask(String request) {
        try {
            requests.write(request);
            requests.newLine();
            requests.flush();
            String answer = answer();
            if (answer.startsWith("failed")) {
                throw new IllegalStateException("peer " + name + ", asked to " + request + ": " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer() throws IOException {
        @Nullable String line = answers.readLine();
        while (line != null && !line.startsWith(PeerProcess.MARK)) {
            line = answers.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the process of peer " + name + " ended");
        }
        return line.substring(PeerProcess.MARK.length());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
