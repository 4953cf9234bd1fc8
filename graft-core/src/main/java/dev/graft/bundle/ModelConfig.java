package dev.graft.bundle;

import dev.graft.bundle.BundleConfig.HeadConfig;
import dev.graft.model.Lineage;
import dev.graft.model.ModelBranch;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code config.json} says of a transferred network, however many branches it has. */
sealed interface ModelConfig permits BundleConfig, BranchesConfig {
    /** The digest of the file of weights. */
    String weightsSha256();

    /** The classes, by label. */
    @Nullable
    List<String> labels();

    /** The kind of target; null for classes. */
    @Nullable
    String task();

    /** Where the network comes from. */
    @Nullable
    Lineage lineage();

    /** The layers that join the branches, and the head's. */
    @Nullable
    HeadConfig head();

    /** How sure the network may be; null where nothing is written of it. */
    @Nullable
    ConfidenceConfig confidence();

    /** What is kept of the examples that it learned from; null where nothing is. */
    @Nullable
    RecordConfig record();

    /** How the branches are joined. */
    String fusionName();

    /** The branches, their files in the directory. */
    List<ModelBranch> toBranches(Path directory);
}
