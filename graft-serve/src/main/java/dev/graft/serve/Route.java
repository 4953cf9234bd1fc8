package dev.graft.serve;

/**
 * A method and a path, and what answers them.
 *
 * @param method the HTTP method
 * @param path the path from the root on; a segment in braces, such as {@code {name}}, stands for any one
 * @param access who may ask
 * @param pace where it is answered
 * @param endpoint what answers
 */
record Route(String method, String path, Access access, Pace pace, Endpoint endpoint) {
    /** Who may ask. */
    enum Access {
        /** Everybody who reaches the server. */
        ANYONE,
        /** Whoever has the token, if the server has one. */
        TOKEN
    }

    /** Where it is answered. */
    enum Pace {
        /** At once, on the thread that read the request: nothing there may wait or compute for long. */
        AT_ONCE,
        /** By a worker, after a place in the bounded queue; its body, if any, has been read. */
        QUEUED
    }

    /** Answers a call. */
    @FunctionalInterface
    interface Endpoint {
        /**
         * Answers.
         *
         * @throws Refusal if the call is refused
         * @throws dev.graft.error.GraftException if what was asked for cannot be done
         */
        Reply reply(Call call);
    }

    /** What is read, by whoever may use the server, and takes no time. */
    static Route get(String path, Endpoint endpoint) {
        return new Route("GET", path, Access.TOKEN, Pace.AT_ONCE, endpoint);
    }

    /** What is read, by everybody, and takes no time. */
    static Route open(String path, Endpoint endpoint) {
        return new Route("GET", path, Access.ANYONE, Pace.AT_ONCE, endpoint);
    }

    /** What takes a body and a worker's time. */
    static Route post(String path, Endpoint endpoint) {
        return new Route("POST", path, Access.TOKEN, Pace.QUEUED, endpoint);
    }
}
