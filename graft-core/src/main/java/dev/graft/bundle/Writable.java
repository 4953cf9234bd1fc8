package dev.graft.bundle;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Backbone;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.image.Preprocessing;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Refuses to write what could not be read again. */
final class Writable {
    private Writable() {}

    static void require(TransferModel model) {
        model.branches().stream()
                .filter(ModelBranch::hasBackbone)
                .forEach(branch -> require(branch.architecture(), branch.cut()));
        requireText(model.classNames());
    }

    private static void require(Architecture architecture, Cut cut) {
        String last = cut.last(architecture);
        boolean rebuilt = NetworkFamilies.describe(architecture).isPresent()
                || (Architectures.ids().contains(architecture.id())
                        && Architectures.named(architecture.id())
                                .stagesThrough(last)
                                .equals(architecture.stagesThrough(last)));
        if (!rebuilt) {
            throw unknown(architecture);
        }
    }

    static void require(Backbone backbone) {
        Architecture architecture = backbone.architecture();
        List<String> classes = backbone.card().classNames();
        boolean rebuilt = NetworkFamilies.describe(architecture).isPresent()
                || (Architectures.ids().contains(architecture.id())
                        && rebuilt(
                                architecture,
                                Architectures.named(architecture.id()).withClasses(classes.size())));
        if (!rebuilt) {
            throw unknown(architecture);
        }
        requireText(classes);
    }

    /** Whether a network is the catalogue's, but perhaps for images of another size or, with public weights, preparation. */
    private static boolean rebuilt(Architecture architecture, Architecture catalogue) {
        Preprocessing preprocessing = architecture.preprocessing();
        if (!catalogue.stages().equals(architecture.stages())) {
            return false;
        }
        boolean published = !Architectures.entry(architecture.id()).sources().isEmpty();
        return published
                ? catalogue.withPreprocessing(preprocessing).equals(architecture)
                : catalogue
                        .withInputSize(preprocessing.height(), preprocessing.width())
                        .equals(architecture);
    }

    private static void requireText(List<String> names) {
        for (String name : names) {
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
                throw new SettingsException(Problem.of("A class name is not Unicode text.")
                        .expected("no half of a surrogate pair")
                        .found(name)
                        .fix("rename the class"));
            }
        }
    }

    private static SettingsException unknown(Architecture architecture) {
        return new SettingsException(Problem.of("This network cannot be written: it could not be built again.")
                .expected("an architecture of the catalogue (" + String.join(", ", Architectures.ids())
                        + "), with a class name for each logit")
                .found(architecture.id() + " with stages of its own, or of another number of classes")
                .fix("start from an architecture of the catalogue"));
    }
}
