package dev.graft.fuzzing;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs one fuzz test without watching which code it reaches: several times as many executions a second as Jazzer, which finds
 * the inputs that this one then changes. What is refused for a new reason joins them. {@code ./graft-fuzz --plain} starts it.
 */
final class PlainFuzzer {
    private static final int MOST_INPUTS = 4_000;
    /** Of the processor's time: on a busy machine a process may stand still for long. */
    private static final long LONGEST_NANOS = 20_000_000_000L;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Object test;
    private final Method method;
    private final Path inputs;
    private final List<byte[]> pool = new ArrayList<>();
    private final Set<String> reasons = new HashSet<>();
    private final long worker = Thread.currentThread().getId();
    private final AtomicLong executions = new AtomicLong();
    private volatile byte[] current = {};

    private PlainFuzzer(Class<?> type, String name, Path inputs) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        this.test = constructor.newInstance();
        this.method = type.getDeclaredMethod(name, byte[].class);
        method.setAccessible(true);
        this.inputs = inputs;
        Method seeds =
                type.getDeclaredMethod(method.getAnnotation(MethodSource.class).value()[0]);
        seeds.setAccessible(true);
        ((Stream<?>) seeds.invoke(null)).forEach(seed -> pool.add((byte[]) seed));
        pool.add(new byte[0]);
    }

    /**
     * Runs a test.
     *
     * @param arguments the test's class, its method, for how many seconds at most, for how many executions at most, the seed of
     *     the random changes, the folder for findings, and folders with more inputs
     */
    public static void main(String[] arguments) throws Exception {
        PlainFuzzer fuzzer = new PlainFuzzer(Class.forName(arguments[0]), arguments[1], Path.of(arguments[5]));
        for (int i = 5; i < arguments.length; i++) {
            fuzzer.addInputs(Path.of(arguments[i]));
        }
        boolean found =
                fuzzer.run(Long.parseLong(arguments[2]), Long.parseLong(arguments[3]), Long.parseLong(arguments[4]));
        System.exit(found ? 77 : 0);
    }

    private void addInputs(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().limit(MOST_INPUTS / 2).toList()) {
                    pool.add(Files.readAllBytes(file));
                }
            }
        }
    }

    private boolean run(long seconds, long most, long seed) throws IOException {
        watch();
        SplittableRandom random = new SplittableRandom(seed);
        Mutator mutator = new Mutator(random);
        long start = System.nanoTime();
        boolean found = false;
        for (byte[] input : List.copyOf(pool)) {
            found |= execute(input);
        }
        while (!found && executions.get() < most && System.nanoTime() - start < seconds * 1_000_000_000L) {
            byte[] input = pool.get(random.nextInt(pool.size()));
            found = execute(mutator.mutate(input, pool.get(random.nextInt(pool.size()))));
        }
        long took = Math.max(1, (System.nanoTime() - start) / 1_000_000_000L);
        System.out.println("stat::number_of_executed_units: " + executions.get());
        System.out.println("stat::average_exec_per_sec:     " + executions.get() / took);
        System.out.println("stat::inputs:                   " + pool.size());
        return found;
    }

    /** Runs the test on one input; true if it threw anything. */
    private boolean execute(byte[] input) throws IOException {
        current = input;
        executions.incrementAndGet();
        try {
            method.invoke(test, (Object) input);
            String reason = Hostile.lastReason();
            if (reasons.add(reason) && pool.size() < MOST_INPUTS) {
                pool.add(input);
            }
            return false;
        } catch (ReflectiveOperationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            System.out.println(trace(cause));
            keep("crash", input);
            return true;
        }
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private void keep(String kind, byte[] input) throws IOException {
        Path file = inputs.resolve(kind + "-" + Integer.toHexString(Arrays.hashCode(input)));
        Files.createDirectories(inputs);
        Files.write(file, input);
        System.out.println("found: " + file);
    }

    /** Ends the process, with the input kept, if one execution takes too long. */
    private void watch() {
        Thread thread = new Thread(() -> {
            long seen = -1;
            long since = 0;
            while (true) {
                long now = THREADS.getThreadCpuTime(worker);
                if (executions.get() != seen) {
                    seen = executions.get();
                    since = now;
                } else if (now - since > LONGEST_NANOS) {
                    keepSlow();
                    Runtime.getRuntime().halt(70);
                }
                LockSupport.parkNanos(1_000_000_000L);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void keepSlow() {
        try {
            keep("slow", current);
        } catch (IOException e) {
            System.out.println(trace(e));
        }
    }
}
