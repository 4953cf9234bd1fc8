package dev.graft.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The process of one peer. It reads requests from standard input, a line each, and answers each with one line on standard
 * output that starts with {@link #MARK}; what native libraries print is not an answer.
 *
 * <pre>
 * prepare TASK          ready
 * round WORK SECONDS    milliseconds for one unit of the work, done again and again for so long
 * outcome WORK          what {@link Work#outcome()} says
 * close WORK            closed
 * </pre>
 */
public final class PeerProcess {
    static final String MARK = "graft-bench:";
    static final String START_ONLY = "start-only";

    private final Peer peer;
    private final Map<String, Work> works = new HashMap<>();

    private PeerProcess(Peer peer) {
        this.peer = peer;
    }

    /** Arguments: the peer's name, and optionally that it shall only start. */
    public static void main(String[] args) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Peer peer = peer(args[0]);
        peer.start();
        if (args.length > 1 && args[1].equals(START_ONLY)) {
            Runtime.getRuntime().halt(0);
        }
        answers.println(MARK + "started");
        PeerProcess process = new PeerProcess(peer);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String request = requests.readLine(); request != null; request = requests.readLine()) {
            answers.println(MARK + process.answerSafely(request));
        }
        // Some native libraries keep threads that would keep the process.
        Runtime.getRuntime().halt(0);
    }

    static Peer peer(String name) {
        return switch (name) {
            case "graft" -> new GraftPeer();
            case "djl" -> new DjlPeer();
            case "tensorflow" -> new TensorFlowPeer();
            case "dl4j" -> new Dl4jPeer();
            case "onnxruntime" -> new OnnxRuntimePeer();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private String answerSafely(String request) {
        try {
            String[] words = request.split(" ", 2);
            return answer(words[0], words[1]);
        } catch (UnsupportedOperationException e) {
            return "unsupported";
        } catch (RuntimeException | LinkageError e) {
            e.printStackTrace();
            return "failed " + e.toString().replace('\n', ' ');
        }
    }

    private String answer(String verb, String rest) {
        switch (verb) {
            case "prepare" -> {
                Task task = Task.ofLine(rest);
                works.put(task.work(), peer.prepare(task));
                return "ready";
            }
            case "round" -> {
                String[] words = rest.split(" ", 2);
                return String.format(Locale.ROOT, "%.6f", round(work(words[0]), Double.parseDouble(words[1])));
            }
            case "outcome" -> {
                float[] values = work(rest).outcome();
                return IntStream.range(0, values.length)
                        .mapToObj(i -> Float.toString(values[i]))
                        .collect(Collectors.joining(" "));
            }
            case "close" -> {
                work(rest).close();
                works.remove(rest);
                return "closed";
            }
            default -> throw new IllegalArgumentException(verb);
        }
    }

    private Work work(String name) {
        Work work = works.get(name);
        if (work == null) {
            throw new IllegalArgumentException("not prepared: " + name);
        }
        return work;
    }

    private static double round(Work work, double seconds) {
        long start = System.nanoTime();
        long runs = 0;
        do {
            work.run();
            runs++;
        } while (System.nanoTime() - start < seconds * 1e9);
        return (System.nanoTime() - start) / 1e6 / runs / work.units();
    }
}
