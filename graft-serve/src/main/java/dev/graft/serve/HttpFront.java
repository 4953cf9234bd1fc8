package dev.graft.serve;

import dev.graft.error.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/** Takes every request: looks who asks, finds the route, reads the body, and sees to it that there is one answer in time. */
final class HttpFront extends Handler.Abstract {
    private static final int LOOK_MILLIS = 100;
    private static final int CLIENT_GONE = 499;
    private static final long WORTH_A_LOOK_NANOS = 1_000_000;

    private final Guard guard;
    private final Router router;
    private final ServerLimits limits;
    private final WorkQueue queue;
    private final ServerMetrics metrics;
    private final ScheduledThreadPoolExecutor clock;
    private final ScheduledFuture<?> looking;
    private final Set<Pending> pending = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();
    private final String prefix = Long.toString(System.currentTimeMillis(), 36);

    HttpFront(Guard guard, Router router, ServerLimits limits, WorkQueue queue, ServerMetrics metrics) {
        this.guard = guard;
        this.router = router;
        this.limits = limits;
        this.queue = queue;
        this.metrics = metrics;
        this.clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "graft-serve-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        this.looking =
                clock.scheduleWithFixedDelay(this::lookForClients, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Gives up the requests of clients that have gone. */
    private void lookForClients() {
        for (Pending one : pending) {
            if (one.exchange.clientHasGone()) {
                one.abandon(new EofException("the client has gone"));
            }
        }
    }

    /** Ends the clock, when no request is left. */
    void end() {
        looking.cancel(false);
        clock.shutdownNow();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Pending one =
                new Pending(prefix + "-" + Long.toString(count.incrementAndGet(), 36), request, response, callback);
        try {
            guard.requireOwn(header(request, HttpHeader.HOST), header(request, HttpHeader.ORIGIN));
            one.match = router.find(request.getMethod(), path(request));
            Route route = one.match.route();
            if (route.access() == Route.Access.TOKEN) {
                guard.requireToken(header(request, HttpHeader.AUTHORIZATION));
            }
            Map<String, List<String>> query = query(request);
            if (route.pace() == Route.Pace.AT_ONCE) {
                one.answer(route.endpoint().reply(one.call(query, new byte[0])));
            } else {
                one.readBody(query);
            }
        } catch (Throwable failure) {
            one.refuse(failure);
        }
        return true;
    }

    private static @Nullable String header(Request request, HttpHeader header) {
        return request.getHeaders().get(header);
    }

    private static List<String> path(Request request) {
        String path = request.getHttpURI().getCanonicalPath();
        List<String> segments = new ArrayList<>();
        if (path == null || !path.startsWith("/")) {
            return segments;
        }
        for (String segment : Router.split(path)) {
            segments.add(URIUtil.decodePath(segment));
        }
        return segments;
    }

    private static Map<String, List<String>> query(Request request) {
        try {
            Map<String, List<String>> query = new LinkedHashMap<>();
            for (Fields.Field field : Request.extractQueryParameters(request)) {
                query.put(field.getName(), field.getValues());
            }
            return query;
        } catch (RuntimeException e) {
            // The library has several for the several ways in which it cannot be.
            throw new Refusal(
                    400,
                    Problem.of("The query cannot be read.")
                            .where("query")
                            .expected("NAME=VALUE pairs in UTF-8, percent-encoded")
                            .fix("encode it anew"));
        }
    }

    /** A request that waits for its answer. */
    private final class Pending {
        private final Exchange exchange;
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final long start = System.nanoTime();
        private Router.Match match = new Router.Match(ServerMetrics.NO_ROUTE, Map.of());

        Pending(String id, Request request, Response response, Callback callback) {
            this.exchange = new Exchange(
                    id, request.getConnectionMetaData().getConnection().getEndPoint(), queue);
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        Call call(Map<String, List<String>> query, byte[] body) {
            String type = header(request, HttpHeader.CONTENT_TYPE);
            return new Call(exchange.id(), match.segments(), query, type == null ? "" : type, body, exchange::ended);
        }

        void readBody(Map<String, List<String>> query) {
            String encoding = header(request, HttpHeader.CONTENT_ENCODING);
            if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
                throw new Refusal(
                        415,
                        Problem.of("Compressed bodies are not taken.")
                                .where("header Content-Encoding")
                                .expected("no such header")
                                .found(encoding)
                                .fix("send the body as it is"));
            }
            pending.add(this);
            alarm(limits.bodyTime().toMillis(), 408, "The request's body did not arrive in time.", "send it faster");
            new BodyReader(request, exchange, limits.bodyBytes(), new BodyReader.Result() {
                        @Override
                        public void read(byte[] body) {
                            enqueue(query, body);
                        }

                        @Override
                        public void refused(Refusal refusal) {
                            refuse(refusal);
                        }

                        @Override
                        public void lost(Throwable failure) {
                            abandon(failure);
                        }
                    })
                    .start();
        }

        private void alarm(long millis, int status, String what, String fix) {
            Problem problem =
                    Problem.of(what).expected("within " + millis + " ms").fix(fix);
            exchange.setAlarm(clock.schedule(
                    () -> fail(new Refusal(
                            status,
                            problem,
                            status == 503 ? Map.of("Retry-After", ErrorReply.RETRY_SECONDS) : Map.of())),
                    millis,
                    TimeUnit.MILLISECONDS));
        }

        private void enqueue(Map<String, List<String>> query, byte[] body) {
            alarm(
                    limits.requestTime().toMillis(),
                    503,
                    "The request was not answered in time.",
                    "send fewer examples at a time, or try again when less is going on");
            long since = System.nanoTime();
            Call call = call(query, body);
            try {
                exchange.enqueue(() -> {
                    long waited = System.nanoTime() - since;
                    metrics.waited(waited);
                    if (waited > WORTH_A_LOOK_NANOS && exchange.clientHasGone()) {
                        abandon(new EofException("the client has gone"));
                    } else {
                        work(call);
                    }
                });
            } catch (Refusal refusal) {
                fail(refusal);
            }
        }

        private void work(Call call) {
            if (exchange.ended()) {
                return;
            }
            try {
                answer(match.route().endpoint().reply(call));
            } catch (Call.AbandonedException e) {
                // Who ended it has answered, or there is nobody left.
            } catch (Throwable failure) {
                fail(failure);
            }
        }

        void fail(Throwable failure) {
            if (!exchange.ended()) {
                answer(ErrorReply.of(exchange.id(), failure));
            }
        }

        /** Fails where the body was not read, or not to its end, and nobody reads it any more. */
        void refuse(Throwable failure) {
            if (!exchange.ended()) {
                boolean asksFirst = header(request, HttpHeader.EXPECT) != null;
                answer(
                        ErrorReply.of(exchange.id(), failure),
                        asksFirst ? callback : new HttpLingeringClose(request, callback, clock));
            }
        }

        void answer(Reply reply) {
            answer(reply, callback);
        }

        private void answer(Reply reply, Callback written) {
            if (!exchange.end()) {
                return;
            }
            pending.remove(this);
            metrics.answered(match, request.getMethod(), reply.status(), System.nanoTime() - start);
            HttpReplies.write(request, response, written, exchange.id(), reply);
        }

        void abandon(Throwable failure) {
            if (exchange.end()) {
                pending.remove(this);
                metrics.answered(match, request.getMethod(), CLIENT_GONE, System.nanoTime() - start);
                callback.failed(failure);
            }
        }
    }
}
