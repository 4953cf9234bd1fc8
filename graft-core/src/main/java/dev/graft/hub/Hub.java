package dev.graft.hub;

import dev.graft.data.Environment;
import dev.graft.error.Problem;
import dev.graft.error.Redacted;
import dev.graft.error.SettingsException;
import dev.graft.storage.AtomicFiles;
import dev.graft.weights.InputFiles;
import dev.graft.weights.ShardedSafetensors;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models from the Hugging Face hub, kept in its cache on this machine.
 *
 * <p>Reads {@code HF_ENDPOINT} (another server with the same protocol), {@code HF_TOKEN} (for models that not everybody
 * may have), {@code HF_HOME} and {@code HF_HUB_CACHE} (where the cache is; by default where the hub's own library keeps
 * it, or below {@code GRAFT_HOME} if that is set), {@code HF_HUB_OFFLINE} and {@code GRAFT_OFFLINE}. Safe to use from
 * many threads, and from many processes at once.
 */
public final class Hub {
    /** The file that holds a model's weights, if one file does. */
    static final String WEIGHTS = "model.safetensors";
    /** The file that names the shards of a larger model. */
    static final String INDEX = "model.safetensors.index.json";

    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final String CONFIG = "config.json";
    /** What a model for texts needs besides, or what changes what it computes. */
    private static final List<String> BESIDE = List.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "vocab.txt",
            "special_tokens_map.json",
            "modules.json",
            "1_Pooling/config.json",
            "sentence_bert_config.json");

    private static final String DEFAULT_ENDPOINT = "https://huggingface.co";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Environment environment;
    private final URI endpoint;
    private final HubHttp http;
    private final ToLongFunction<Path> freeSpace;

    Hub(Environment environment, Duration limit, Pause pause, ToLongFunction<Path> freeSpace) {
        this.environment = environment;
        this.endpoint = endpoint(environment);
        this.http = new HubHttp(endpoint, token(environment), limit, pause);
        this.freeSpace = freeSpace;
    }

    /**
     * The hub as the environment describes it.
     *
     * @throws SettingsException if {@code HF_ENDPOINT} is not an address, or {@code HF_TOKEN} cannot be a token
     */
    public static Hub of(Environment environment) {
        return new Hub(environment, LIMIT, Pause.sleeping(), Hub::usableSpace);
    }

    /**
     * The files of a model, from the cache or downloaded into it: the weights, with all shards if there are several, and
     * {@code config.json}, {@code tokenizer.json} and the small files that say how a model prepares its input and pools, if it
     * has them.
     *
     * <p>A branch or tag is looked up on the hub each time; if the hub cannot be reached, what it meant last is used. A
     * commit whose files are all here needs no network. Every download is checked against the digest that the hub
     * announces.
     *
     * @throws SettingsException if there is no such model, revision or file, or it has no weights that are read
     * @throws dev.graft.error.StorageException if the model is not in the cache and the network is off limits, fails or
     *     refuses, or the disk is full
     * @throws dev.graft.error.WeightsFileException if what arrives is not what was announced
     */
    public HubFiles fetch(HubId id) {
        HubCache cache = HubCache.of(environment, id.repository());
        HubProblems problems = new HubProblems(id, endpoint, token(environment) != null);
        try {
            Optional<HubFiles> cached = cached(id, cache);
            Optional<String> offline = environment.offlineVariable();
            if (offline.isPresent()) {
                return cached.orElseThrow(() -> problems.offline(offline.get(), cache.directory(), listingAddress(id)));
            }
            if (id.isPinned() && cached.filter(Hub::isWhole).isPresent()) {
                return cached.orElseThrow();
            }
            return fetch(id, cache, problems, cached);
        } catch (HubHttp.UnreachableException e) {
            throw e.shown();
        } catch (IOException e) {
            throw problems.notWritten(cache.directory(), e);
        }
    }

    private HubFiles fetch(HubId id, HubCache cache, HubProblems problems, Optional<HubFiles> cached)
            throws IOException {
        HubListing listing;
        try {
            listing = HubListing.ask(http, listingAddress(id), problems);
        } catch (HubHttp.UnreachableException e) {
            if (cached.isEmpty()) {
                throw e;
            }
            LOG.warn(
                    "The hub cannot be reached; {} is taken from the cache, commit {}",
                    id,
                    cached.get().commit());
            return cached.get();
        }
        Fetch fetch = new Fetch(id, listing.commit(), cache, problems);
        String weightsName = weightsName(id, listing, problems);
        Path weights = fetch.file(weightsName);
        if (weightsName.endsWith(".index.json")) {
            String folder = weightsName.substring(0, weightsName.lastIndexOf('/') + 1);
            for (String shard : ShardedSafetensors.shardNames(weights)) {
                fetch.file(folder + shard);
            }
        }
        Path config = listing.files().contains(CONFIG) ? fetch.file(CONFIG) : null;
        for (String beside : BESIDE) {
            if (listing.files().contains(beside)) {
                fetch.file(beside);
            }
        }
        if (!id.isPinned()) {
            AtomicFiles.write(cache.ref(id.revision()), listing.commit().getBytes(StandardCharsets.US_ASCII));
        }
        return new HubFiles(id, listing.commit(), cache.snapshot(listing.commit()), weights, config);
    }

    /** One model's files, one after the other. */
    private final class Fetch {
        private final HubId id;
        private final String commit;
        private final HubCache cache;
        private final HubProblems problems;

        Fetch(HubId id, String commit, HubCache cache, HubProblems problems) {
            this.id = id;
            this.commit = commit;
            this.cache = cache;
            this.problems = problems;
        }

        Path file(String name) throws IOException {
            Optional<Path> here = cache.file(commit, name);
            if (here.isPresent()) {
                return here.get();
            }
            URI address = URI.create(endpoint + "/" + id.repository() + "/resolve/" + commit + "/" + name);
            Blob blob = Blob.announced(http, address, problems);
            LOG.info("Downloading {} ({} bytes) to {}", Redacted.address(address), blob.size(), cache.directory());
            new BlobDownload(http, problems, freeSpace, blob, cache.blob(blob.digest()))
                    .fetch(cache.lock(blob.digest()));
            return cache.link(commit, name, blob.digest());
        }
    }

    private static String weightsName(HubId id, HubListing listing, HubProblems problems) {
        String wanted = id.file();
        if (wanted != null) {
            if (!listing.files().contains(wanted)) {
                throw problems.noSuchFile(wanted, listing.files());
            }
            return wanted;
        }
        if (listing.files().contains(WEIGHTS)) {
            return WEIGHTS;
        }
        if (listing.files().contains(INDEX)) {
            return INDEX;
        }
        throw problems.noWeights(listing.files());
    }

    /** The model as it is in the cache, if all of its weights are. */
    private static Optional<HubFiles> cached(HubId id, HubCache cache) throws IOException {
        String commit = cache.knownCommit(id).orElse(null);
        if (commit == null) {
            return Optional.empty();
        }
        Optional<Path> weights = id.wantedFile()
                .map(name -> cache.file(commit, name))
                .orElseGet(() -> cache.file(commit, WEIGHTS).or(() -> cache.file(commit, INDEX)))
                .filter(Hub::isComplete);
        return weights.map(file -> new HubFiles(
                id,
                commit,
                cache.snapshot(commit),
                file,
                cache.file(commit, CONFIG).orElse(null)));
    }

    /** Whether nothing is missing beside the weights: what states a model_type may be for texts. */
    private static boolean isWhole(HubFiles files) {
        Optional<Path> config = files.configFile();
        try {
            return config.isPresent()
                    && (Files.isRegularFile(files.directory().resolve("tokenizer.json"))
                            || Files.isRegularFile(files.directory().resolve("vocab.txt"))
                            || !InputFiles.readString(config.get()).contains("\"model_type\""));
        } catch (IOException e) {
            // Whatever it is, it is not what was downloaded.
            return false;
        }
    }

    private static boolean isComplete(Path weights) {
        return !weights.toString().endsWith(".index.json")
                || ShardedSafetensors.shardNames(weights).stream()
                        .allMatch(shard -> Files.isRegularFile(weights.resolveSibling(shard)));
    }

    private URI listingAddress(HubId id) {
        return URI.create(endpoint + "/api/models/" + id.repository() + "/revision/"
                + id.revision().replace("/", "%2F"));
    }

    private static @Nullable String token(Environment environment) {
        String token = environment.variable("HF_TOKEN").map(String::strip).orElse(null);
        // The client would refuse it with a message that shows it.
        if (token != null && !token.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new SettingsException(Problem.of("HF_TOKEN is not a token.")
                    .expected("letters, digits and signs, as the hub gives them out")
                    .found(token.length() + " characters, with spaces or others among them")
                    .fix("correct it, or unset it"));
        }
        return token == null || token.isEmpty() ? null : token;
    }

    private static URI endpoint(Environment environment) {
        String text = environment.variable("HF_ENDPOINT").orElse(DEFAULT_ENDPOINT);
        try {
            URI address = URI.create(text.replaceAll("/+$", ""));
            if (address.getHost() != null && text.matches("https?://.*")) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new SettingsException(Problem.of("HF_ENDPOINT is not the address of a hub.")
                .expected("an address such as " + DEFAULT_ENDPOINT)
                .found(Redacted.address(text))
                .fix("correct it, or unset it for the hub itself"));
    }

    private static long usableSpace(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            // Not every file system tells; then writing will.
            return Long.MAX_VALUE;
        }
    }
}
