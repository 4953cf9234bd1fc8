package dev.graft.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Tabular;
import dev.graft.bundle.BundleConfig.CutConfig;
import dev.graft.bundle.BundleConfig.HeadConfig;
import dev.graft.bundle.BundleConfig.NetworkConfig;
import dev.graft.bundle.BundleConfig.PreprocessingConfig;
import dev.graft.data.ColumnKind;
import dev.graft.model.Lineage;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import dev.graft.preparation.CategoryCoding;
import dev.graft.preparation.NumberScaling;
import dev.graft.preparation.Preparation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The content of {@code config.json} of a network of several branches. */
record BranchesConfig(
        int format,
        String kind,
        String weightsSha256,
        List<BranchConfig> branches,
        String fusion,
        HeadConfig head,
        List<String> labels,
        Lineage lineage,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ConfidenceConfig confidence,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RecordConfig record,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String task)
        implements ModelConfig {

    /** A branch: a network with its preparation, or what the columns' values were in training. */
    record BranchConfig(
            String name,
            ColumnKind kind,
            List<String> columns,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String architecture,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            PreprocessingConfig preprocessing,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            NetworkConfig network,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Double> means,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Double> deviations,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<List<String>> values,

            CutConfig cut) {

        static BranchConfig of(ModelBranch branch, @Nullable BundleNetwork network) {
            Preparation preparation = branch.architecture().preparation();
            NumberScaling numbers = preparation instanceof NumberScaling scaling ? scaling : null;
            return new BranchConfig(
                    branch.name(),
                    branch.kind(),
                    branch.columns(),
                    network == null ? null : branch.architecture().id(),
                    network == null ? null : network.preprocessing(),
                    network == null ? null : network.network(),
                    numbers == null ? null : numbers.means(),
                    numbers == null ? null : numbers.deviations(),
                    preparation instanceof CategoryCoding coding ? coding.values() : null,
                    CutConfig.of(branch.cut()));
        }

        void check(Lacking lacking, String place) {
            lacking.check(place + ".name", name);
            lacking.check(place + ".kind", kind);
            lacking.check(place + ".columns", columns);
            lacking.check(place + ".cut", cut);
            if (cut != null) {
                lacking.checkCut(place + ".cut", cut);
            }
            if (kind == ColumnKind.NUMBER) {
                lacking.check(place + ".means", means);
                lacking.check(place + ".deviations", deviations);
            } else if (kind == ColumnKind.CATEGORY) {
                lacking.check(place + ".values", values);
                if (values != null) {
                    values.forEach(known -> lacking.check(place + ".values", known));
                }
            } else {
                lacking.check(place + ".architecture", architecture);
                lacking.checkNetwork(place + ".", preprocessing, network);
            }
        }

        /** The branch, its files in a folder of their own. */
        ModelBranch toBranch(Path folder) {
            return new ModelBranch(name, kind, columns, build(folder), cut.toCut());
        }

        private Architecture build(Path folder) {
            if (kind == ColumnKind.NUMBER) {
                return Tabular.architecture(
                        name,
                        new NumberScaling(columns, Objects.requireNonNull(means), Objects.requireNonNull(deviations)));
            } else if (kind == ColumnKind.CATEGORY) {
                return Tabular.architecture(name, new CategoryCoding(columns, Objects.requireNonNull(values)));
            }
            return BundleNetwork.read(Objects.requireNonNull(architecture), preprocessing, network, folder);
        }
    }

    /** What is written of a network, whose branches' source models are described already; null for those without. */
    static BranchesConfig of(
            TransferModel model,
            List<@Nullable BundleNetwork> networks,
            String weightsSha256,
            @Nullable String recordSha256) {
        List<BranchConfig> branches = new ArrayList<>();
        for (int i = 0; i < networks.size(); i++) {
            branches.add(BranchConfig.of(model.branches().get(i), networks.get(i)));
        }
        return new BranchesConfig(
                BundleConfig.FORMAT,
                BundleConfig.MULTIMODAL,
                weightsSha256,
                branches,
                model.fusionName(),
                HeadConfig.of(model),
                model.classNames(),
                model.lineage(),
                ConfidenceConfig.of(model.confidence()),
                RecordConfig.of(model, recordSha256),
                BundleConfig.task(model.kind()));
    }

    @Override
    public List<ModelBranch> toBranches(Path directory) {
        List<ModelBranch> built = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            built.add(branches.get(i).toBranch(directory.resolve(Bundle.folder(i))));
        }
        return built;
    }

    @Override
    public String fusionName() {
        return fusion;
    }

    static BranchesConfig parse(byte[] content, String file) {
        BranchesConfig config = BundleConfig.parse(content, file, BranchesConfig.class);
        BundleConfig.requireComplete(config == null ? List.of("all") : config.lacking(), file);
        return Objects.requireNonNull(config);
    }

    private List<String> lacking() {
        Lacking lacking = new Lacking(new ArrayList<>());
        lacking.check("weightsSha256", weightsSha256);
        lacking.check("branches", branches);
        for (int i = 0; branches != null && i < branches.size(); i++) {
            if (branches.get(i) != null) {
                branches.get(i).check(lacking, "branches[" + i + "]");
            }
        }
        lacking.check("fusion", fusion);
        lacking.checkHead(head);
        lacking.check("labels", labels);
        lacking.checkLineage(lineage);
        if (record != null) {
            record.check(lacking);
        }
        return lacking.names();
    }
}
