package dev.graft.cli;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.reading.PartlyLabeled;
import dev.graft.serve.GraftServer;
import dev.graft.serve.ServerBuilder;
import dev.graft.source.Backbones;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft serve}: bundles over HTTP. */
@Command(
        name = "serve",
        description = "Answer requests over HTTP with bundles, and teach classes from a page, until it is stopped.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft serve run/bundle",
            "  graft serve                                      the page that teaches, alone",
            "  graft serve run/bundle reviews=other/bundle --port 9000",
            "  graft serve run/bundle --examples photos/         answers with the nearest known examples",
            "  GRAFT_TOKEN=$(openssl rand -hex 32) graft serve run/bundle --host 0.0.0.0",
            "",
            "  curl -F file=@photo.png localhost:8080/v1/models/run/predict",
            "",
            "A bundle that is replaced is read anew. Ctrl-C, or a request to end, waits for what is being answered."
        })
final class ServeCommand extends Subcommand {
    private static final String TOKEN = "GRAFT_TOKEN";
    private static final long PAUSE_MILLIS = 100;

    @Parameters(
            arity = "0..*",
            paramLabel = "[NAME=]BUNDLE",
            description =
                    "Bundles, runs, or backbones by id or directory; each is called after its id, its directory, or its"
                            + " run's, unless it is given a name. Without any the page teaches, and asks nothing.")
    private List<String> bundles = List.of();

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "N",
            converter = Range.Port.class,
            description = "The port to listen at (${DEFAULT-VALUE}); 0 for any that is free.")
    private int port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDRESS",
            description =
                    "The address to listen at (${DEFAULT-VALUE}, which only this machine reaches). Any other needs a"
                            + " token.")
    private String host = "127.0.0.1";

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "What requests have to bring (Authorization: Bearer TOKEN). Others on this machine may see the options"
                            + " of a command: GRAFT_TOKEN in the environment hides it.")
    private @Nullable String token;

    @Option(
            names = "--examples",
            paramLabel = "[NAME=]DIR|FILE",
            description =
                    "Labelled pictures or texts that answers point to as the most alike: a folder with a folder for each class,"
                            + " or a table. Several models have one each, with the model's name. Features and small"
                            + " pictures are kept in memory, of at most 10,000 examples of a model.")
    private List<String> examples = List.of();

    @Mixin
    private LooseExamples loose = new LooseExamples();

    @Option(names = "--no-teaching", description = "Let nobody teach classes from the page or over HTTP.")
    private boolean noTeaching;

    ServeCommand() {}

    private record Serving(String address, List<String> models) {}

    @Override
    int run() throws InterruptedException {
        ServerBuilder builder = GraftServer.serving()
                .host(host)
                .port(port)
                .token(token == null ? System.getenv().get(TOKEN) : token)
                .teaching(!noTeaching);
        for (String given : bundles) {
            add(builder, named(given));
        }
        addExamples(builder);
        BooleanSupplier stop = stopRequested();
        try (GraftServer server = builder.start()) {
            server.notes().forEach(console()::note);
            console()
                    .result(
                            new Serving(server.address(), server.modelNames()),
                            ResultText.format(
                                    "Serving %s at %s",
                                    server.modelNames().isEmpty()
                                            ? "a page that teaches"
                                            : String.join(", ", server.modelNames()),
                                    server.address()));
            while (!stop.getAsBoolean()) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        return ExitCode.DONE;
    }

    private static void add(ServerBuilder builder, Map.Entry<String, Path> named) {
        String id = named.getValue().toString();
        if (Backbones.embedded().contains(id) || Backbones.ofFamilies().contains(id)) {
            builder.backbone(named.getKey().isEmpty() ? id : named.getKey(), Backbones.load(id));
        } else if (named.getKey().isEmpty()) {
            builder.bundle(BundleDirectory.find(named.getValue()));
        } else {
            builder.bundle(named.getKey(), BundleDirectory.find(named.getValue()));
        }
    }

    private void addExamples(ServerBuilder builder) {
        if (examples.isEmpty() && loose.given()) {
            throw new SettingsException(Problem.of("Options say how examples are read, and there are none.")
                    .expected("--examples DIR|FILE beside them")
                    .found("--skip-bad, --allow-links, --text-column, --label-column or --no-header alone")
                    .fix("leave them out, or add --examples DIR|FILE"));
        }
        for (String given : examples) {
            Map.Entry<String, Path> named = named(given);
            PartlyLabeled<?> read = loose.readable(console(), named.getValue());
            console().note("Looking at " + read.examples().size() + " known examples of " + named.getValue());
            if (named.getKey().isEmpty()) {
                builder.examples(read);
            } else {
                builder.examples(named.getKey(), read);
            }
        }
    }

    /** To be stopped is how serving ends well. */
    @Override
    boolean stoppingIsDone() {
        return true;
    }

    /** The name, empty if none was given, and the directory. */
    private Map.Entry<String, Path> named(String given) {
        int sign = given.indexOf('=');
        return sign < 0
                ? Map.entry("", Path.of(given))
                : Map.entry(given.substring(0, sign), Path.of(given.substring(sign + 1)));
    }
}
