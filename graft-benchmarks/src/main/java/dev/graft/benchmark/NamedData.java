package dev.graft.benchmark;

import dev.graft.data.Environment;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data sets that are measured with, which lie in folders of {@code $GRAFT_DATA}. */
public final class NamedData {
    private NamedData() {}

    /**
     * The folder of a data set.
     *
     * @throws DataException if it is not there
     */
    public static Path folder(String name) {
        return folder(name, Environment.system());
    }

    /**
     * The folder that holds those of all data sets.
     *
     * @throws DataException if it is not there
     */
    static Path all() {
        return folder(".", Environment.system()).normalize();
    }

    static Path folder(String name, Environment environment) {
        Problem missing = Problem.of("The data to measure with is not there.")
                .expected("a folder named by GRAFT_DATA in the environment, which holds "
                        + (name.equals(".") ? "the data sets" : name));
        Path folder = environment
                .dataDirectory(name)
                .orElseThrow(() -> new DataException(
                        missing.found("no GRAFT_DATA").fix("set it, as in GRAFT_DATA=/data ./graft-bench …")));
        if (!Files.isDirectory(folder)) {
            throw new DataException(
                    missing.found("no folder " + folder).fix("put it there, or set GRAFT_DATA to where it is"));
        }
        return folder;
    }
}
