package dev.graft.hub;

import dev.graft.error.GraftException;
import dev.graft.error.Problem;
import dev.graft.error.Reason;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;

/** What can go wrong between here and the hub, told to the user. */
final class HubProblems {
    private static final int NAMED = 10;

    private final HubId id;
    private final URI endpoint;
    private final boolean tokenGiven;

    HubProblems(HubId id, URI endpoint, boolean tokenGiven) {
        this.id = id;
        this.endpoint = endpoint;
        this.tokenGiven = tokenGiven;
    }

    private Problem problem(String what) {
        return Problem.of(what).with("model", id);
    }

    GraftException offline(String setting, Path directory, URI address) {
        return new StorageException(problem("The model is not in the cache, and the network is off limits.")
                .with("cache", directory)
                .with("download", "not tried, because of " + setting + "; it would have used\n" + address)
                .fix("unset " + setting.replaceAll("=.*", "")
                        + " for one run, or copy the cache's directory from a machine that has it"));
    }

    /** The refusal that a status other than success means. */
    GraftException refused(URI address, int status, HttpHeaders headers) {
        String code = headers.firstValue("x-error-code").orElse("");
        if (status == 401 || status == 403 || code.equals("GatedRepo")) {
            return noAccess(address, status, code);
        }
        if (status == 404) {
            return notFound(address, code);
        }
        return new StorageException(problem("The hub answered with an error.")
                .where(address)
                .expected("HTTP status 200")
                .found("HTTP status " + status
                        + headers.firstValue("x-error-message")
                                .map(text -> ": " + readable(text))
                                .orElse(""))
                .fix("try again later; what was downloaded so far is kept"));
    }

    private GraftException noAccess(URI address, int status, String code) {
        // Without a token the hub answers alike for a model that is private and one that does not exist.
        String unknown = code.equals("GatedRepo") ? "" : "check the name; if it is right, ";
        return new StorageException(problem("The hub gives this model only to people it knows.")
                .where(address)
                .found("HTTP status " + status + (tokenGiven ? ", with the token in HF_TOKEN" : ", without a token"))
                .fix(unknown + "accept the model's terms at " + endpoint + "/" + id.repository()
                        + (tokenGiven
                                ? " as the user whose token HF_TOKEN holds"
                                : ", then set HF_TOKEN to a token of yours")));
    }

    private GraftException notFound(URI address, String code) {
        String what =
                switch (code) {
                    case "RevisionNotFound" -> "The model has no revision '" + id.revision() + "'.";
                    case "EntryNotFound" -> "The model has no such file.";
                    case "RepoNotFound" -> "The hub has no model '" + id.repository() + "'.";
                    default -> "The hub has no such model, revision or file.";
                };
        return new SettingsException(problem(what)
                .where(address)
                .found("HTTP status 404")
                .fix("look at the names on " + endpoint + "/" + id.repository()));
    }

    GraftException unreachable(URI address, IOException e) {
        return new StorageException(
                problem("The hub cannot be reached, or breaks off.")
                        .where(address)
                        .found(reason(e))
                        .fix("check the connection and try again; what was downloaded so far is kept"),
                e);
    }

    GraftException interrupted(URI address) {
        return new StorageException(
                problem("The download was interrupted.").where(address).fix("start it again"));
    }

    GraftException malformed(URI address, String expected, String found) {
        return new StorageException(problem("The hub's answer is not what its protocol says.")
                .where(address)
                .expected(expected)
                .found(readable(found))
                .fix("check HF_ENDPOINT, and that no proxy or login page answers in the hub's place"));
    }

    GraftException noDigest(URI address) {
        return new StorageException(problem("The server announces no digest, so the download could not be checked.")
                .where(address)
                .expected("a SHA-256 or a git digest in the header X-Linked-Etag or ETag")
                .fix("use the hub itself, or a mirror that passes its headers on"));
    }

    GraftException differs(URI address, Blob blob, String found) {
        return new WeightsFileException(problem("A downloaded file is not what the hub announced; it was deleted.")
                .where(address)
                .expected(blob.algorithm() + " " + blob.digest())
                .found(blob.algorithm() + " " + found)
                .fix("try again; if it happens again, something between here and the hub changes files"));
    }

    GraftException tooLittleSpace(Path directory, long needed, long free) {
        return new StorageException(problem("There is not enough space on the disk for the model.")
                .where(directory)
                .expected(needed + " bytes free")
                .found(free + " bytes free")
                .fix("free some space, or set HF_HOME to a directory on another disk"));
    }

    GraftException notWritten(Path file, IOException e) {
        return new StorageException(
                problem("A file of the hub's cache cannot be written.")
                        .where(file)
                        .found(reason(e))
                        .fix("free some space or change the permissions, or set HF_HOME to another directory; what was"
                                + " downloaded so far is kept"),
                e);
    }

    GraftException noWeights(Collection<String> files) {
        String named = files.stream().limit(NAMED).map(HubProblems::readable).collect(Collectors.joining(", "));
        return new SettingsException(problem("The model has no weights that Graft reads.")
                .expected(Hub.WEIGHTS + " or " + Hub.INDEX)
                .found(named + (files.size() > NAMED ? ", …" : ""))
                .fix("choose a model with safetensors, or name one of its files: "
                        + new HubId(id.repository(), id.revision(), null) + ":FILE"));
    }

    GraftException noSuchFile(String file, Collection<String> files) {
        String named = files.stream().limit(NAMED).map(HubProblems::readable).collect(Collectors.joining(", "));
        return new SettingsException(problem("The model has no such file.")
                .expected(named + (files.size() > NAMED ? ", …" : ""))
                .found(file)
                .fix("look at the names on " + endpoint + "/" + id.repository()));
    }

    private static String reason(IOException e) {
        return readable(Reason.of(e));
    }

    /** Text from elsewhere, shortened and without what a terminal would act on. */
    private static String readable(String text) {
        String clean = text.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
        return clean.substring(0, Math.min(200, clean.length()));
    }
}
