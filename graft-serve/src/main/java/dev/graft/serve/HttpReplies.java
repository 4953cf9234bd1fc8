package dev.graft.serve;

import dev.graft.error.Problem;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Writes answers, also where the HTTP library refuses a request before anything of Graft has seen it. */
final class HttpReplies extends ErrorHandler {
    private static final String UNREAD = "unread";

    static void write(Request request, Response response, Callback callback, String id, Reply reply) {
        response.setStatus(reply.status());
        HttpFields.Mutable headers = response.getHeaders();
        headers(headers, reply);
        headers.put("X-Request-Id", id);
        if (reply.status() == 408 || reply.status() == 413) {
            // What is still to come of the body is not read.
            headers.put(HttpHeader.CONNECTION, "close");
        }
        boolean headersAlone = request.getMethod().equals("HEAD");
        response.write(true, headersAlone ? BufferUtil.EMPTY_BUFFER : ByteBuffer.wrap(reply.content()), callback);
    }

    private static void headers(HttpFields.Mutable headers, Reply reply) {
        headers.put(HttpHeader.CONTENT_TYPE, reply.contentType());
        headers.put(HttpHeader.CONTENT_LENGTH, reply.content().length);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        reply.headers().forEach(headers::put);
    }

    private static Reply refusal(int status) {
        Problem problem = Problem.of(
                switch (status) {
                    case 404 -> "There is nothing at this path.";
                    case 414 -> "The path is too long.";
                    case 431 -> "The request's headers are too large.";
                    case 503 -> "The server is stopping.";
                    case 505 -> "This version of HTTP is not spoken here.";
                    default -> status >= 500 ? "The server could not answer." : "The request is not well-formed.";
                });
        return ErrorReply.of(UNREAD, status, problem.fix(status == 503 ? "try again later" : "correct the request"));
    }

    /** Answers with a status alone, where more is not known. */
    static void refuse(Request request, Response response, Callback callback, int status) {
        write(request, response, callback, UNREAD, refusal(status));
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        // What the HTTP library cannot do any more while it stops is no fault of the server's.
        boolean stops = code >= 500
                && !request.getConnectionMetaData().getConnector().getServer().isRunning();
        refuse(request, response, callback, stops ? 503 : code);
    }
}
