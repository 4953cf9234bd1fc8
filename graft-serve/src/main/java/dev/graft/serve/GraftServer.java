package dev.graft.serve;

import dev.graft.error.Problem;
import dev.graft.error.Reason;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trained networks over HTTP. Runs until it is closed; whoever started it closes it. Thread-safe.
 *
 * <pre>{@code
 * try (GraftServer server = GraftServer.serving(Path.of("run/bundle")).port(0).start()) {
 *     System.out.println(server.address());
 * }
 * }</pre>
 */
public final class GraftServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GraftServer.class);
    private static final int THREADS = 16;
    private static final int CONNECTIONS = 1024;
    private static final int HEADER_BYTES = 16 << 10;
    private static final int SMALLEST_IDLE_SECONDS = 30;
    private static final int SLACK_SECONDS = 5;

    private final Models models;
    private final WorkQueue queue;
    private final ServerMetrics metrics;
    private final TeachSessions sessions = new TeachSessions();
    private final ExampleRefresher examples = new ExampleRefresher();
    private final List<String> notes;
    private final BundleWatch watch;
    private final HttpFront front;
    private final Server jetty;
    private final PeekingConnector connector;
    private final String shownHost;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile int port;

    /**
     * Starts to describe a server.
     *
     * @param bundles directories of bundles, each of which is called after its directory, or after its run's
     * @throws dev.graft.error.SettingsException if two have one name, or one has a name that no model can have
     */
    public static ServerBuilder serving(Path... bundles) {
        ServerBuilder builder = new ServerBuilder();
        for (Path bundle : bundles) {
            builder.bundle(bundle);
        }
        return builder;
    }

    GraftServer(ServerBuilder settings) {
        ServerLimits limits = settings.limits;
        Map<String, String> marks = new LinkedHashMap<>();
        List<ServedModel> loaded = new ArrayList<>();
        Map<String, KnownExamples> known = settings.known();
        try {
            for (ServerBuilder.Source source : settings.sources) {
                Path directory = source.directory();
                if (directory != null) {
                    marks.put(source.name(), mark(directory));
                }
                KnownExamples own = known.get(source.name());
                loaded.add(new ServedModel(source.name(), directory, own, source.load()));
            }
            this.notes = notes(loaded);
        } catch (Throwable e) {
            loaded.forEach(ServedModel::close);
            throw e;
        }
        this.models = new Models(loaded);
        this.queue = new WorkQueue(limits);
        this.metrics = new ServerMetrics(queue, models.names());
        this.watch = new BundleWatch(models, metrics, examples, marks);
        List<RouteGroup> groups = new ArrayList<>(List.of(
                new HealthRoutes(models, stopping::get, metrics::text),
                new ModelRoutes(models, settings.teaching),
                new PredictRoutes(models, limits, metrics),
                new PageRoutes(),
                new OpenApiRoutes()));
        if (settings.teaching) {
            groups.add(new TeachRoutes(sessions, limits, metrics));
        }
        groups.addAll(settings.more);
        this.front = new HttpFront(
                new Guard(Guard.isLoopback(settings.address()), settings.token),
                new Router(groups),
                limits,
                queue,
                metrics);
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, THREADS / 4);
        threads.setName("graft-serve");
        threads.setDaemon(true);
        this.jetty = new Server(threads);
        this.connector = connector(jetty, settings, limits);
        this.shownHost = settings.host.contains(":") ? "[" + settings.host + "]" : settings.host;
    }

    /** Has the known examples looked at, all fitting ones before any is, and gives what there is to say of them. */
    private static List<String> notes(List<ServedModel> models) {
        List<ServedModel> pointing =
                models.stream().filter(model -> model.known() != null).toList();
        pointing.forEach(model -> model.with(loaded -> {
            Objects.requireNonNull(model.known()).requireFit(model.name(), loaded.classifier());
            return loaded;
        }));
        return pointing.stream()
                .flatMap(model -> model.with(loaded -> {
                    KnownExamples known = Objects.requireNonNull(model.known());
                    NearestExamples seen =
                            Objects.requireNonNull(known.seenBy(model.name(), loaded.classifier(), () -> false));
                    loaded.setNearest(seen);
                    return known.notes(model.name(), loaded.classifier(), seen).stream();
                }))
                .toList();
    }

    private static String mark(Path directory) {
        try {
            return ModelDirectory.mark(directory);
        } catch (IOException e) {
            // What reads it says what is wrong with it.
            return "";
        }
    }

    private static PeekingConnector connector(Server jetty, ServerBuilder settings, ServerLimits limits) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(HEADER_BYTES);
        PeekingConnector connector = new PeekingConnector(jetty, configuration);
        connector.setHost(settings.host);
        connector.setPort(settings.port);
        // The limits end a request before an idle connection ends.
        long longest = limits.bodyTime().plus(limits.requestTime()).toSeconds() + SLACK_SECONDS;
        connector.setIdleTimeout(
                Duration.ofSeconds(Math.max(SMALLEST_IDLE_SECONDS, longest)).toMillis());
        connector.setShutdownIdleTimeout(Duration.ofSeconds(1).toMillis());
        jetty.addConnector(connector);
        jetty.addBean(new NetworkConnectionLimit(CONNECTIONS, jetty));
        jetty.setStopTimeout(limits.requestTime().plusSeconds(SLACK_SECONDS).toMillis());
        return connector;
    }

    /** Opens the port. */
    GraftServer started(Duration pause) {
        HttpReplies errors = new HttpReplies();
        jetty.setErrorHandler(errors);
        jetty.setHandler(new GracefulHandler(front) {
            @Override
            protected void handleShutdownRejection(Request request, Response response, Callback callback) {
                HttpReplies.refuse(request, response, callback, 503);
            }
        });
        try {
            jetty.start();
        } catch (Exception e) {
            close();
            throw new StorageException(
                    Problem.of("The server could not be started.")
                            .where(shownHost + ":" + connector.getPort())
                            .found(Reason.of(e))
                            .fix("choose another port, or end the program that has this one"),
                    e);
        }
        port = connector.getLocalPort();
        watch.start(pause);
        return this;
    }

    /** The port that it listens at, also where any free one was asked for. */
    public int port() {
        return port;
    }

    /** Where it listens, such as {@code http://127.0.0.1:8080}. */
    public String address() {
        return "http://" + shownHost + ":" + port();
    }

    /** The names of the models. */
    public List<String> modelNames() {
        return List.copyOf(models.names());
    }

    /** What there is to say of the known examples of its models, in a sentence each; none without such examples. */
    public List<String> notes() {
        return notes;
    }

    /** Takes no more requests, waits for those that it has taken, and gives all memory back. To close it twice does nothing. */
    @Override
    public void close() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        watch.close();
        examples.close();
        try {
            jetty.stop();
        } catch (Exception e) {
            LOG.warn("the server did not stop cleanly: {}", Reason.of(e));
        }
        front.end();
        queue.close();
        sessions.close();
        models.close();
        metrics.close();
    }
}
