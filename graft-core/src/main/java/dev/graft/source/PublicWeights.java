package dev.graft.source;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import dev.graft.backbone.CatalogueEntry;
import dev.graft.backbone.Checkpoint;
import dev.graft.backbone.KerasWeights;
import dev.graft.backbone.LoadReport;
import dev.graft.backbone.WeightSource;
import dev.graft.bundle.Bundle;
import dev.graft.bundle.NetworkFamily;
import dev.graft.data.Environment;
import dev.graft.error.GraftException;
import dev.graft.error.Problem;
import dev.graft.error.WeightsMismatchException;
import dev.graft.hub.Hub;
import dev.graft.hub.HubFiles;
import dev.graft.hub.HubId;
import dev.graft.weights.Hdf5File;
import dev.graft.weights.TensorFile;
import dev.graft.weights.TensorInfo;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Source models made of weights that others published: a file of them, or a model of the hub. */
final class PublicWeights {
    private static final Logger LOG = LoggerFactory.getLogger(PublicWeights.class);
    private static final String UNKNOWN = "unknown";

    private PublicWeights() {}

    /**
     * The network of that id with the weights of a file: safetensors, an index of shards, ONNX or Keras HDF5.
     *
     * @throws WeightsMismatchException if they are not this network's
     * @throws dev.graft.error.WeightsFileException if the file is malformed
     */
    static Backbone read(CatalogueEntry entry, Path file) {
        String data =
                entry.sources().stream().findFirst().map(WeightSource::data).orElse(UNKNOWN);
        try (TensorFile opened = TensorFile.open(file)) {
            if (opened instanceof Hdf5File) {
                Architecture architecture = entry.architecture();
                return backbone(
                        architecture, KerasWeights.read(file, architecture), file.toString(), data, UNKNOWN, "file");
            }
            Checkpoint checkpoint = Checkpoint.read(entry, opened, file.toString());
            return backbone(checkpoint.architecture(), checkpoint.weights(), file.toString(), data, UNKNOWN, "file");
        }
    }

    /**
     * A model of the hub. If its {@code config.json} names a family of networks, that family builds it; else its tensors say
     * which network it is, and {@code config.json} how it wants its images.
     *
     * @throws WeightsMismatchException if no network of the catalogue has these weights
     * @throws GraftException as {@link Hub#fetch}
     */
    static Backbone fetch(HubId id, Environment environment) {
        HubFiles files = Hub.of(environment).fetch(id);
        if (id.wantedFile().isEmpty()) {
            for (NetworkFamily family : NetworkFamily.all()) {
                if (family.opens(files.directory())) {
                    return named(id, files.commit(), family.open(files.directory()));
                }
            }
        }
        HubConfig config = files.configFile().map(HubConfig::read).orElse(HubConfig.NONE);
        try (TensorFile opened = TensorFile.open(files.weights())) {
            Checkpoint checkpoint =
                    Checkpoint.read(entry(id, config.network().orElse(id.repository()), opened), opened, id.toString());
            Architecture architecture = config.prepared(checkpoint.architecture(), id);
            WeightSource known = source(id.repository());
            return backbone(
                    architecture,
                    checkpoint.weights(),
                    id + ", commit " + files.commit(),
                    known.data(),
                    config.license().orElse(known.license()),
                    "hub");
        }
    }

    /**
     * A model for images in a directory of its own: its tensors say which network it is.
     *
     * @throws WeightsMismatchException if no network of the catalogue has these weights
     */
    static Backbone open(Path directory, Path weights, HubConfig config) {
        String what = weights + config.network().map(name -> ", of " + name).orElse("");
        try (TensorFile opened = TensorFile.open(weights)) {
            Checkpoint checkpoint = Checkpoint.read(entry(what, config.network().orElse(""), opened), opened, what);
            return backbone(
                    config.prepared(checkpoint.architecture(), directory.resolve(Bundle.CONFIG)),
                    checkpoint.weights(),
                    directory.toString(),
                    UNKNOWN,
                    config.license().orElse(UNKNOWN),
                    "file");
        }
    }

    /** The directory's name is the commit's, which says nothing to people. */
    private static Backbone named(HubId id, String commit, Backbone opened) {
        Architecture network = opened.architecture();
        String name = id.repository().substring(id.repository().indexOf('/') + 1);
        BackboneCard card = BackboneCard.of("hub", UNKNOWN)
                .withCommand(id + ", commit " + commit)
                .withLicense(UNKNOWN);
        return new Backbone(
                new Architecture(name, network.preparation(), network.stages(), network.weightInitialization()),
                opened.weights(),
                card);
    }

    /**
     * The network whose tensors these are. Where several networks have the same tensors, and differ in padding for example,
     * its name decides.
     *
     * @param name the network's name in timm, or the name of a repository; may be neither
     */
    private static CatalogueEntry entry(Object where, String name, TensorFile file) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (Map.Entry<String, TensorInfo> tensor : file.tensors().entrySet()) {
            shapes.put(tensor.getKey(), tensor.getValue().shape());
        }
        List<CatalogueEntry> fitting = Stream.<Predicate<LoadReport>>of(LoadReport::complete, LoadReport::fits)
                .map(enough -> Architectures.catalogue().stream()
                        .filter(entry -> enough.test(Checkpoint.report(entry, shapes)))
                        .toList())
                .filter(entries -> !entries.isEmpty())
                .findFirst()
                .orElse(List.of());
        Optional<CatalogueEntry> named =
                fitting.stream().filter(entry -> isNamed(entry, name)).findFirst();
        if (named.isEmpty() && fitting.size() > 1) {
            LOG.warn(
                    "{}: its tensors fit {}, and nothing says which it is: it is taken as the first",
                    where,
                    fitting.stream().map(entry -> entry.architecture().id()).collect(Collectors.joining(", ")));
        }
        return named.or(() -> fitting.stream().findFirst())
                .orElseThrow(() -> new WeightsMismatchException(Problem.of(
                                "A model's weights fit no network that Graft knows.")
                        .where(where)
                        .expected("weights of "
                                + String.join(
                                        ", ",
                                        Architectures.catalogue().stream()
                                                .filter(entry ->
                                                        !entry.sources().isEmpty())
                                                .map(entry ->
                                                        entry.architecture().id())
                                                .toList()))
                        .found(shapes.size() + " tensors, the first: "
                                + String.join(
                                        ", ", shapes.keySet().stream().limit(5).toList()))
                        .fix("choose a model of one of these networks (Architectures.ids)")));
    }

    private static boolean isNamed(CatalogueEntry entry, String name) {
        return entry.architecture().id().equals(name)
                || entry.sources().stream()
                        .anyMatch(source -> source.repository().equals(name));
    }

    private static WeightSource source(String repository) {
        return Architectures.catalogue().stream()
                .flatMap(entry -> entry.sources().stream())
                .filter(source -> source.repository().equals(repository))
                .findFirst()
                .orElse(new WeightSource(repository, UNKNOWN, UNKNOWN, List.of()));
    }

    /** What nobody states here is unknown: no accuracy, no epochs. */
    private static Backbone backbone(
            Architecture architecture, WeightSet weights, String from, String data, String license, String origin) {
        int classes = architecture.outputShape(architecture.classifier().name()).elements();
        List<String> names =
                IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
        BackboneCard card = BackboneCard.of(origin, data)
                .withClassNames(names)
                .withCommand(from)
                .withLicense(license);
        return new Backbone(architecture, weights, card);
    }
}
