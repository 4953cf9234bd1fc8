package dev.graft.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A standalone cluster on this machine: a master and workers, each in a process of its own, as Spark's scripts start them. What lies in
 * their {@code SPARK_HOME} is Spark alone; jobs bring Graft with them, as with {@code --packages}.
 */
final class StandaloneCluster implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final List<String> SHARED =
            List.of("slf4j-api", "commons-", "gson", "jackson-annotations", "error_prone_annotations");

    private final Path directory;
    private final Path home;
    private final Path job;
    private final List<String> graft;
    private final int port;
    private final List<Process> workers = new ArrayList<>();
    private final Process master;

    /**
     * Starts a cluster.
     *
     * @param directory where its files lie
     * @param count workers, each with one core
     * @param memory of each worker, as Spark writes it
     */
    StandaloneCluster(Path directory, int count, String memory) throws IOException, InterruptedException {
        this.directory = directory;
        this.graft = graftJars();
        this.home = sparkHome(directory.resolve("spark"), graft);
        this.job =
                jar(directory.resolve("job.jar"), List.of(Path.of("target/classes"), Path.of("target/test-classes")));
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
        master = start(
                "master",
                "org.apache.spark.deploy.master.Master",
                "--host",
                LOOPBACK,
                "--port",
                port + "",
                "--webui-port",
                "0");
        await("master", "Starting Spark master");
        for (int i = 0; i < count; i++) {
            workers.add(start(
                    "worker-" + i,
                    "org.apache.spark.deploy.worker.Worker",
                    "--host",
                    LOOPBACK,
                    "--cores",
                    "1",
                    "--memory",
                    memory,
                    "--webui-port",
                    "0",
                    "--work-dir",
                    directory.resolve("work-" + i).toString(),
                    url()));
            await("worker-" + i, "Successfully registered");
        }
    }

    /** Deletes what an earlier cluster left in a directory. */
    static void clear(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    private String url() {
        return "spark://" + LOOPBACK + ":" + port;
    }

    private static List<String> graftJars() throws IOException {
        return Arrays.stream(Files.readString(Path.of("target/graft-class-path"))
                        .strip()
                        .split(File.pathSeparator))
                .toList();
    }

    /** Links to all jars of the tests' class path that are Spark's. */
    private static Path sparkHome(Path home, List<String> graft) throws IOException {
        Path jars = Files.createDirectories(home.resolve("jars"));
        for (String entry : new TreeSet<>(
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator)))) {
            Path file = Path.of(entry);
            String name = file.getFileName().toString();
            boolean test = entry.contains("junit") || name.startsWith("graft-") || !name.endsWith(".jar");
            if (!test && (!graft.contains(entry) || SHARED.stream().anyMatch(name::startsWith))) {
                Files.createSymbolicLink(jars.resolve(name), file);
            }
        }
        return home;
    }

    private static Path jar(Path target, List<Path> classes) throws IOException {
        try (OutputStream stream = Files.newOutputStream(target);
                JarOutputStream jar = new JarOutputStream(stream)) {
            for (Path root : classes) {
                try (Stream<Path> all = Files.walk(root)) {
                    for (Path file :
                            all.filter(one -> one.toString().endsWith(".class")).toList()) {
                        jar.putNextEntry(new JarEntry(root.relativize(file).toString()));
                        Files.copy(file, jar);
                        jar.closeEntry();
                    }
                }
            }
        }
        return target;
    }

    private Process start(String name, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-XX:+UseSerialGC"));
        command.addAll(Arrays.asList(org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(List.of("-cp", home.resolve("jars") + "/*", main));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
        process.environment().put("SPARK_HOME", home.toString());
        process.environment().put("SPARK_SCALA_VERSION", "2.13");
        process.environment().put("SPARK_LOCAL_IP", LOOPBACK);
        return process.start();
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private void await(String name, String line) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (Files.exists(log(name)) && Files.readString(log(name)).contains(line)) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException(name + " did not start: " + Files.readString(log(name)));
    }

    /**
     * Submits a job as {@code spark-submit} does.
     *
     * @param name of its log
     * @param more jars beside Graft's own
     * @param settings of Spark
     * @param main the class that runs
     */
    Submitted submit(
            String name, List<String> more, Map<String, String> settings, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> jars = Stream.concat(graft.stream(), more.stream())
                .map(file -> "local:" + file)
                .toList();
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "spark.ui.enabled", "false",
                "spark.driver.host", LOOPBACK,
                "spark.driver.bindAddress", LOOPBACK,
                "spark.executor.memory", "1g",
                "spark.executor.cores", "1",
                "spark.cleaner.referenceTracking.cleanCheckpoints", "true"));
        all.putAll(settings);
        List<String> submit = new ArrayList<>(
                List.of("--master", url(), "--class", main.getName(), "--jars", String.join(",", jars)));
        all.forEach((key, value) -> submit.addAll(List.of("--conf", key + "=" + value)));
        submit.add(job.toString());
        submit.addAll(arguments);
        return new Submitted(
                start(name, "org.apache.spark.deploy.SparkSubmit", submit.toArray(String[]::new)), log(name));
    }

    /** A job that runs, or has run. */
    record Submitted(Process process, Path log) {
        /** Waits for its end. */
        int exit() throws InterruptedException {
            if (!process.waitFor(30, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            return process.exitValue();
        }

        String output() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Ends a worker and its executors as {@code kill -9} does. */
    void kill(int worker) {
        ProcessHandle handle = workers.get(worker).toHandle();
        List<ProcessHandle> executors = handle.descendants().toList();
        handle.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        List<Process> all = new ArrayList<>(workers);
        all.add(master);
        for (Process one : all) {
            one.descendants().forEach(ProcessHandle::destroyForcibly);
            one.destroyForcibly();
        }
        all.forEach(one -> one.onExit().join());
    }
}
