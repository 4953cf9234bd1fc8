package dev.graft.serve;

import java.util.List;

/** Routes that belong together. A server is made of several groups, each of which is a file. */
interface RouteGroup {
    /** The routes, in any order. */
    List<Route> routes();
}
