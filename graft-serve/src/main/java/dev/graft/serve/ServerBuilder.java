package dev.graft.serve;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.model.TransferModel;
import dev.graft.reading.PartlyLabeled;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says what a {@link GraftServer} is to be. For one thread. */
public final class ServerBuilder {
    /** The port unless another is chosen. */
    public static final int PORT = 8080;

    private static final int SHORTEST_TOKEN = 16;

    /** A model to serve: its name, its directory if it has one, and what loads it. */
    record Source(String name, @Nullable Path directory, Supplier<LoadedModel> loader) {
        LoadedModel load() {
            return loader.get();
        }
    }

    /** Examples of a model; null for the only one. */
    private record Given(@Nullable String model, KnownExamples examples) {}

    final List<Source> sources = new ArrayList<>();
    private final List<Given> given = new ArrayList<>();
    final List<RouteGroup> more = new ArrayList<>();
    String host = "127.0.0.1";
    int port = PORT;

    @Nullable
    String token;

    ServerLimits limits = ServerLimits.defaults();
    boolean teaching = true;
    private Duration pause = Duration.ofSeconds(1);

    ServerBuilder() {}

    /**
     * Serves one more bundle, with adapters or a source model as well, called after its directory or its run's. It is read anew
     * when it is replaced.
     *
     * @throws SettingsException if its name is taken, or none that a model can have
     */
    public ServerBuilder bundle(Path directory) {
        return bundle(ModelDirectory.name(directory), directory);
    }

    /**
     * Serves one more bundle under a name. It is read anew when it is replaced.
     *
     * @throws SettingsException if the name is taken, or none that a model can have
     */
    public ServerBuilder bundle(String name, Path directory) {
        return add(new Source(name, directory, () -> ModelDirectory.load(directory)));
    }

    /**
     * Serves one more network, which is in memory, under a name.
     *
     * @throws SettingsException if the name is taken, or none that a model can have
     */
    public ServerBuilder model(String name, TransferModel model) {
        return add(new Source(name, null, () -> ModelDirectory.of(model)));
    }

    /**
     * Serves one more source model, with the classes of its own task, under a name.
     *
     * @throws SettingsException if the name is taken, or none that a model can have
     */
    public ServerBuilder backbone(String name, Backbone source) {
        return add(new Source(name, null, () -> ModelDirectory.of(source)));
    }

    /**
     * Gives the only model labelled pictures or texts, to which its answers may point as those that are most alike.
     *
     * @param examples of the kind that the model takes; those without a label are left out
     * @throws dev.graft.error.DataException if they are items of several parts, or none has a label
     * @see #examples(String, PartlyLabeled)
     */
    public ServerBuilder examples(PartlyLabeled<? extends LabeledExamples> examples) {
        given.add(new Given(null, new KnownExamples(examples)));
        return this;
    }

    /**
     * Gives a model labelled pictures or texts, to which its answers may point as those that are most alike. Their features, a small
     * picture or the beginning of the text, the label and the last name of the file are kept in memory: of at most 10,000
     * examples, in about 256 MiB or an eighth of Java's memory at the most; of more than that some of every class. They are read again when
     * the model's bundle is replaced.
     *
     * @param model its name
     * @param examples of the kind that the model takes; those without a label are left out
     * @throws dev.graft.error.DataException if they are items of several parts, or none has a label
     */
    public ServerBuilder examples(String model, PartlyLabeled<? extends LabeledExamples> examples) {
        given.add(new Given(model, new KnownExamples(examples)));
        return this;
    }

    /** The examples of each model that has some. */
    Map<String, KnownExamples> known() {
        List<String> names = sources.stream().map(Source::name).toList();
        Map<String, KnownExamples> known = new LinkedHashMap<>();
        for (Given one : given) {
            String name = one.model() == null && names.size() == 1 ? names.get(0) : one.model();
            if (name == null || !names.contains(name)) {
                throw new SettingsException(Problem.of("Known examples belong to no model.")
                        .expected(names.isEmpty() ? "a model that is served" : "one of " + Excerpt.list(names))
                        .found(name == null ? names.size() + " models, and no name" : name)
                        .fix("name the model that the examples are of (ServerBuilder.examples)"));
            }
            if (known.put(name, one.examples()) != null) {
                throw new SettingsException(Problem.of("A model has known examples twice.")
                        .where("model " + name)
                        .expected("one folder or table")
                        .found("two")
                        .fix("put the examples together"));
            }
        }
        return known;
    }

    /** Chooses whether classes may be taught over HTTP, which takes memory and a core now and then; they may by default. */
    public ServerBuilder teaching(boolean allowed) {
        teaching = allowed;
        return this;
    }

    private ServerBuilder add(Source source) {
        ModelDirectory.requireName(source.name());
        if (sources.stream().anyMatch(other -> other.name().equals(source.name()))) {
            throw new SettingsException(Problem.of("Two models have one name.")
                    .where(source.directory())
                    .expected("a name for each")
                    .found(source.name() + " twice")
                    .fix("give one of them a name of its own"));
        }
        sources.add(source);
        return this;
    }

    /**
     * Chooses the port; 8080 by default.
     *
     * @param number 0 for any that is free, up to 65535
     */
    public ServerBuilder port(int number) {
        if (number < 0 || number > 65535) {
            throw new SettingsException(Problem.of("A port is out of range.")
                    .expected("a whole number from 0 to 65535")
                    .found(number));
        }
        port = number;
        return this;
    }

    /** Chooses the address to listen at; 127.0.0.1 by default, which only this machine reaches. Any other asks for a token. */
    public ServerBuilder host(String nameOrAddress) {
        host = nameOrAddress;
        return this;
    }

    /**
     * Asks every request for a token, in the header {@code Authorization: Bearer TOKEN}.
     *
     * @param secret at least 16 characters; null for none
     */
    public ServerBuilder token(@Nullable String secret) {
        token = secret;
        return this;
    }

    /** Adds routes to those that every server has. */
    ServerBuilder with(RouteGroup routes) {
        more.add(routes);
        return this;
    }

    /** Chooses how much the server takes. */
    public ServerBuilder limits(ServerLimits most) {
        limits = most;
        return this;
    }

    /** Chooses how long to wait between two looks at the bundles; a second by default. */
    public ServerBuilder lookEvery(Duration time) {
        pause = time;
        return this;
    }

    /**
     * Loads the models and opens the port.
     *
     * @throws SettingsException if there is no model and nothing may be taught, others would reach the server without a token, or
     *     known examples are of no model, or of another kind than it takes
     * @throws dev.graft.error.StorageException if the port cannot be opened
     * @throws dev.graft.error.GraftException if a bundle cannot be read
     */
    public GraftServer start() {
        if (sources.isEmpty() && !teaching) {
            throw new SettingsException(Problem.of("There is no model to serve.")
                    .expected("at least one bundle, or teaching")
                    .found("neither")
                    .fix("name the directory of a bundle, or allow teaching"));
        }
        requireToken();
        return new GraftServer(this).started(pause);
    }

    /** The address that the host means. */
    InetAddress address() {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new SettingsException(Problem.of("There is no such address to listen at.")
                    .expected("an address of this machine, such as 127.0.0.1 or 0.0.0.0")
                    .found(host)
                    .fix("correct it, or leave it out"));
        }
    }

    private void requireToken() {
        String secret = token;
        if (secret == null && !Guard.isLoopback(address())) {
            throw new SettingsException(
                    Problem.of("Others would reach this server, and nothing would ask who they are.")
                            .where("address " + host)
                            .expected("a token, or an address that only this machine reaches")
                            .found("no token")
                            .fix("give it a token (ServerBuilder.token), or leave the address out"));
        }
        boolean plain = secret == null || secret.chars().allMatch(sign -> sign > ' ' && sign < 0x7F);
        if (secret != null && (secret.length() < SHORTEST_TOKEN || !plain)) {
            throw new SettingsException(Problem.of("This cannot be a server's token.")
                    .expected("at least " + SHORTEST_TOKEN + " characters of ASCII, without spaces")
                    .found(plain ? secret.length() + " characters" : "others")
                    .fix("make one, for example with: openssl rand -hex 32"));
        }
    }
}
