package dev.graft.serve;

import dev.graft.error.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Reads a request's body as it arrives, without a thread that waits for it, and no more of it than is taken. Its bytes count
 * among those that the server holds, from their arrival on.
 */
final class BodyReader {
    /** Takes what became of the body; one of the methods is called, once. */
    interface Result {
        /** It is there. */
        void read(byte[] body);

        /** It is refused. */
        void refused(Refusal refusal);

        /** The client has gone before its end. */
        void lost(Throwable failure);
    }

    private final Request request;
    private final Exchange exchange;
    private final int mostBytes;
    private final Result result;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    BodyReader(Request request, Exchange exchange, int mostBytes, Result result) {
        this.request = request;
        this.exchange = exchange;
        this.mostBytes = mostBytes;
        this.result = result;
    }

    /** Starts to read; returns at once. */
    void start() {
        if (request.getLength() > mostBytes) {
            result.refused(tooLarge(request.getLength() + " bytes"));
            return;
        }
        proceed();
    }

    private void proceed() {
        while (!exchange.ended()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this::proceed);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                result.lost(chunk.getFailure());
                return;
            }
            boolean last = chunk.isLast();
            try {
                take(chunk.getByteBuffer());
            } catch (Refusal refusal) {
                result.refused(refusal);
                return;
            } finally {
                chunk.release();
            }
            if (last) {
                result.read(body.toByteArray());
                return;
            }
        }
    }

    private void take(ByteBuffer arrived) {
        int count = arrived.remaining();
        if (body.size() + (long) count > mostBytes) {
            throw tooLarge("more than that");
        }
        if (count > 0) {
            exchange.hold(count);
            body.writeBytes(BufferUtil.toArray(arrived));
        }
    }

    private Refusal tooLarge(String found) {
        return new Refusal(
                413,
                Problem.of("The request's body is too large.")
                        .expected("at most " + mostBytes + " bytes")
                        .found(found)
                        .fix("send fewer examples at a time, or smaller pictures"));
    }
}
