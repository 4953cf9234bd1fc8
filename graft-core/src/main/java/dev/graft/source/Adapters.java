package dev.graft.source;

import dev.graft.bundle.AdapterBundle;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.model.AdapterModel;
import dev.graft.model.TransferModel;
import java.nio.file.Path;

/** Adapters with the source models that they belong to. */
public final class Adapters {
    private Adapters() {}

    /**
     * Reads adapters and head, and merges them into the backbone that they name, which must be one that is shipped.
     *
     * @throws SettingsException if it is not
     * @throws dev.graft.error.WeightsFileException if a file is missing, damaged, altered, or newer than this version
     * @throws dev.graft.error.WeightsMismatchException if the backbone has other weights than it had
     */
    public static TransferModel load(Path directory) {
        AdapterModel adapters = AdapterBundle.read(directory);
        String id = adapters.lineage().backbone();
        if (!Backbones.embedded().contains(id) && !Backbones.ofFamilies().contains(id)) {
            throw new SettingsException(
                    Problem.of("The backbone that these adapters belong to is not known by its name.")
                            .where(directory)
                            .expected("a backbone that is shipped")
                            .found(id + ", from a " + adapters.lineage().backboneOrigin())
                            .fix("use the run's whole bundle; or merge them in Java:"
                                    + " AdapterBundle.read(directory).merge(Backbones.load(BACKBONE))"));
        }
        return adapters.merge(Backbones.load(id));
    }
}
