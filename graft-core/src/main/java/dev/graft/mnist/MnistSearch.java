package dev.graft.mnist;

import dev.graft.data.Environment;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.Reason;
import dev.graft.error.Redacted;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for MNIST's files in one place after the other, and remembers what was found wrong with each. */
final class MnistSearch {
    private static final Logger LOG = LoggerFactory.getLogger(MnistSearch.class);
    private static final String NOT_TRIED = "not tried, because a data directory was given";

    private final Environment environment;
    private final List<URI> mirrors;
    private final Map<MnistFile, UnpackedFile> expected;
    private final Duration limit;
    private final Map<String, String> tried = new LinkedHashMap<>();

    MnistSearch(Environment environment, List<URI> mirrors, Map<MnistFile, UnpackedFile> expected, Duration limit) {
        this.environment = environment;
        this.mirrors = mirrors;
        this.expected = expected;
        this.limit = limit;
    }

    /** All four files, from the given directory or else from the first usual place that has them. */
    Map<MnistFile, Path> find(@Nullable Path given) {
        Path cache = environment.cacheDirectory().resolve(MnistFile.DIRECTORY);
        Optional<Map<MnistFile, Path>> found = given == null ? inUsualPlaces(cache) : inGiven(given, cache);
        return found.orElseThrow(this::nowhere);
    }

    private Optional<Map<MnistFile, Path>> inGiven(Path given, Path cache) {
        Optional<Map<MnistFile, Path>> found =
                inDirectory("given", given, "").or(() -> inDirectory("given", given.resolve(MnistFile.DIRECTORY), ""));
        tried.put("given", missing(given) + "; nor has its directory '" + MnistFile.DIRECTORY + "' all four files");
        tried.put("variable", "GRAFT_DATA " + NOT_TRIED);
        tried.put("cache", cache + " " + NOT_TRIED);
        tried.put("download", NOT_TRIED);
        return found;
    }

    private Optional<Map<MnistFile, Path>> inUsualPlaces(Path cache) {
        tried.put("given", "no directory");
        tried.put("variable", "GRAFT_DATA not set");
        return environment
                .dataDirectory(MnistFile.DIRECTORY)
                .flatMap(directory -> inDirectory("variable", directory, "GRAFT_DATA "))
                .or(() -> inDirectory("cache", cache, ""))
                .or(() -> downloaded(cache));
    }

    private Optional<Map<MnistFile, Path>> inDirectory(String place, Path directory, String setBy) {
        Map<MnistFile, Path> files = MnistFile.allIn(directory);
        if (files.size() == MnistFile.values().length) {
            return Optional.of(files);
        }
        tried.put(place, setBy + missing(directory));
        return Optional.empty();
    }

    private static String missing(Path directory) {
        if (!Files.isDirectory(directory)) {
            return directory + " is not a directory";
        }
        List<String> absent = Arrays.stream(MnistFile.values())
                .filter(file -> file.in(directory).isEmpty())
                .map(MnistFile::fileName)
                .toList();
        return directory
                + (absent.size() == MnistFile.values().length
                        ? " has none of the four files"
                        : " has no " + String.join(", ", absent));
    }

    private Optional<Map<MnistFile, Path>> downloaded(Path cache) {
        Optional<String> offline = environment.offlineVariable();
        if (offline.isPresent()) {
            tried.put(
                    "download",
                    "not tried, because of " + offline.get() + "; it would have used\n"
                            + mirrors.stream().map(URI::toString).collect(Collectors.joining("\n")));
            return Optional.empty();
        }
        Download download = new Download(limit);
        for (MnistFile file : MnistFile.values()) {
            if (file.in(cache).isEmpty() && !downloaded(download, file, cache)) {
                return Optional.empty();
            }
        }
        return inDirectory("cache", cache, "");
    }

    private boolean downloaded(Download download, MnistFile file, Path cache) {
        List<String> failures = new ArrayList<>();
        for (URI mirror : mirrors) {
            URI address = mirror.resolve(file.fileName() + ".gz");
            try {
                LOG.info("Downloading {} to {}", Redacted.address(address), cache);
                download.fetch(address, file.of(expected), cache.resolve(file.fileName()));
                return true;
            } catch (IOException e) {
                failures.add(address + ": " + reason(e));
            }
        }
        tried.put("download", String.join("\n", failures));
        return false;
    }

    private static String reason(IOException failure) {
        return Reason.of(failure);
    }

    private DataException nowhere() {
        Problem problem = Problem.of("MNIST was not found.");
        for (Map.Entry<String, String> place : tried.entrySet()) {
            problem = problem.with(place.getKey(), place.getValue());
        }
        return new DataException(problem.expected(Arrays.stream(MnistFile.values())
                        .map(MnistFile::fileName)
                        .collect(Collectors.joining(", ", "", ", each plain or .gz")))
                .fix("put the four files in one of the first three places, or allow the download"));
    }
}
