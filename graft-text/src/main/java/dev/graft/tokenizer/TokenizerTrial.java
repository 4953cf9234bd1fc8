package dev.graft.tokenizer;

import dev.graft.data.Environment;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.storage.AtomicFiles;
import dev.graft.weights.InputFiles;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first use of a tokeniser, in a Java process of its own: what was checked can still meet a fault of the native library,
 * which ends the process that it happens in. A file that passed is remembered by its digest, in memory and in Graft's cache,
 * so that it is tried once.
 */
final class TokenizerTrial {
    private static final Logger LOG = LoggerFactory.getLogger(TokenizerTrial.class);
    private static final Set<String> PASSED = ConcurrentHashMap.newKeySet();
    private static final long LONGEST_SECONDS = 120;
    private static final int LARGEST_REPORT = 1 << 16;

    /** One of each jar that the process needs; by name, since the tokeniser's room sees no other part of the engine's. */
    private static final List<String> NEEDED = List.of(
            "dev.graft.tokenizer.TokenizerTrialProcess",
            "ai.djl.huggingface.tokenizers.HuggingFaceTokenizer",
            "ai.djl.util.NativeResource",
            "org.slf4j.LoggerFactory",
            "com.google.gson.Gson");

    private TokenizerTrial() {}

    /**
     * Tries a tokeniser, unless it passed before.
     *
     * @param json what the native library will be given
     * @param digest of the file
     * @param name what to call the file in messages
     * @throws WeightsFileException if it ends the process, or is refused there
     */
    static void require(String json, String digest, String name) {
        if (PASSED.contains(digest)) {
            return;
        }
        Path remembered =
                Environment.system().cacheDirectory().resolve("tokenizers").resolve(digest + "-" + version());
        if (!Files.exists(remembered)) {
            if (!passes(java(), json, name)) {
                return;
            }
            remember(remembered);
        }
        PASSED.add(digest);
    }

    private static void remember(Path file) {
        try {
            AtomicFiles.write(file, new byte[0]);
        } catch (StorageException e) {
            LOG.debug("That a tokeniser can be used is not remembered: {}", e.getMessage());
        }
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home", ""), "bin", File.separatorChar == '\\' ? "java.exe" : "java");
    }

    /** Whether it was tried and passed; false where no process can be started. */
    static boolean passes(Path java, String json, String name) {
        String report = "";
        String end = "";
        try {
            if (Files.isExecutable(java)) {
                Path output = Files.createTempFile("graft-tokenizer", ".txt");
                try {
                    end = run(command(java), json, output);
                    report = text(output);
                } finally {
                    Files.deleteIfExists(output);
                }
            }
        } catch (IOException e) {
            LOG.debug("A process to try a tokeniser in did not start", e);
        }
        List<String> lines = report.lines().toList();
        if (!lines.contains(TokenizerTrialProcess.STARTED)) {
            LOG.warn("{}: it was checked, but not tried in a process of its own, since none could be started", name);
            LOG.debug("{} {}", end, report);
            return false;
        }
        if (!lines.contains(TokenizerTrialProcess.PASSED)) {
            throw JsonPart.refusal(name, "a tokeniser that the Hugging Face library can use", cause(lines, end));
        }
        return true;
    }

    private static String cause(List<String> lines, String end) {
        for (String line : lines) {
            if (line.startsWith(TokenizerTrialProcess.REFUSED)) {
                return JsonPart.shown(line.substring(TokenizerTrialProcess.REFUSED.length()));
            }
        }
        int panic = 0;
        while (panic < lines.size() && !lines.get(panic).contains("panicked at")) {
            panic++;
        }
        String said = panic + 1 < lines.size() ? ": " + JsonPart.shown(lines.get(panic + 1)) : "";
        return "a tried use " + end + said;
    }

    private static List<String> command(Path java) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+SuppressFatalErrorMessage"));
        for (String property : System.getProperties().stringPropertyNames()) {
            boolean ours = property.startsWith("ai.djl.")
                    || property.startsWith("DJL_")
                    || property.startsWith("ENGINE_")
                    || property.startsWith("RUST_");
            if (ours || List.of("user.home", "java.io.tmpdir", "jna.tmpdir").contains(property)) {
                command.add("-D" + property + "=" + System.getProperty(property));
            }
        }
        command.addAll(List.of("-cp", classPath(), TokenizerTrialProcess.class.getName()));
        return command;
    }

    private static String classPath() throws IOException {
        Set<String> places = new LinkedHashSet<>();
        for (String needed : NEEDED) {
            try {
                CodeSource source = Class.forName(needed, false, TokenizerTrial.class.getClassLoader())
                        .getProtectionDomain()
                        .getCodeSource();
                if (source != null && source.getLocation() != null) {
                    places.add(Path.of(source.getLocation().toURI()).toString());
                }
            } catch (ClassNotFoundException | URISyntaxException | RuntimeException e) {
                // Jars within a jar have no place that a process could be given.
                throw new IOException("no place of " + needed, e);
            }
        }
        return String.join(File.pathSeparator, places);
    }

    private static String run(List<String> command, String json, Path output) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        // What is set for this process, such as a collector or an agent, is no business of that one.
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().put("RUST_BACKTRACE", "0");
        Process process = builder.start();
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(json.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                LOG.debug("The process ended before it had read the tokeniser", e);
            }
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                return "took longer than " + LONGEST_SECONDS + " seconds";
            }
            return "ended the process with status " + process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(Path output) throws IOException {
        try (InputStream in = InputFiles.open(output)) {
            return new String(in.readNBytes(LARGEST_REPORT), StandardCharsets.UTF_8);
        }
    }

    /** Of the native library: another may fail at what this one can use. */
    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = TokenizerTrial.class.getResourceAsStream("/native/lib/tokenizers.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            LOG.debug("The version of the tokenisers is not known", e);
        }
        return properties.getProperty("version", "unknown").replaceAll("[^A-Za-z0-9.-]", "_");
    }
}
