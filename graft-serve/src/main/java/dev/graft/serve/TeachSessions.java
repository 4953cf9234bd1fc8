package dev.graft.serve;

import dev.graft.error.Problem;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The sessions in which somebody teaches: a few at a time, of which the one that was left alone for longest makes room. Thread-safe. */
final class TeachSessions implements AutoCloseable {
    /** The most sessions: each holds a source model's network and features. */
    static final int MOST = 8;

    // A session that was used since is not taken away for another.
    private static final double IN_USE_SECONDS = 600;
    private static final int ID_BYTES = 16;

    private final Map<String, TeachSession> sessions = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService learner = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "graft-serve-teach");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Opens a session.
     *
     * @throws Refusal if all are in use
     */
    synchronized TeachSession open() {
        if (sessions.size() >= MOST) {
            TeachSession oldest = sessions.values().stream()
                    .max(Comparator.comparingDouble(TeachSession::idle))
                    .orElseThrow();
            if (oldest.idle() < IN_USE_SECONDS) {
                throw new Refusal(
                        503,
                        Problem.of("There are too many sessions of teaching.")
                                .expected("at most " + MOST)
                                .fix("end one of them, or try again later"),
                        Map.of("Retry-After", ErrorReply.RETRY_SECONDS));
            }
            sessions.remove(oldest.id());
            oldest.close();
        }
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        TeachSession session = new TeachSession(HexFormat.of().formatHex(bytes), learner);
        sessions.put(session.id(), session);
        return session;
    }

    /**
     * The session of that id.
     *
     * @throws Refusal if there is none
     */
    synchronized TeachSession get(String id) {
        TeachSession session = sessions.get(id);
        if (session == null) {
            throw unknown();
        }
        return session;
    }

    /** Ends a session; nothing if there is none. */
    void end(String id) {
        TeachSession session;
        synchronized (this) {
            session = sessions.remove(id);
        }
        if (session != null) {
            session.close();
        }
    }

    static Refusal unknown() {
        return new Refusal(
                404,
                Problem.of("There is no such session.")
                        .expected("the id that POST /v1/teach answered, of a session that was not ended")
                        .fix("open a session anew"));
    }

    @Override
    public void close() {
        learner.shutdown();
        synchronized (this) {
            sessions.values().forEach(TeachSession::close);
            sessions.clear();
        }
    }
}
