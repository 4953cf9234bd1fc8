package dev.graft.model;

import dev.graft.backbone.Architecture;
import dev.graft.data.ColumnKind;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.preparation.TextPreparation;
import java.util.List;
import java.util.stream.Stream;

/**
 * One branch of a trained network: what it takes of an example, its stages, and where its features are taken. A network of one
 * backbone has a single branch without a name, which takes the examples themselves.
 *
 * @param name what its tensors' names begin with; empty for the only branch
 * @param kind what it takes
 * @param columns the columns of items that it takes; none for the only branch
 * @param architecture its stages, and how an example becomes its input
 * @param cut where its features are taken
 */
public record ModelBranch(String name, ColumnKind kind, List<String> columns, Architecture architecture, Cut cut) {
    /**
     * Copies the list.
     *
     * @throws SettingsException if it has a name and no columns, or columns and no name
     */
    public ModelBranch {
        columns = List.copyOf(columns);
        if (name.isEmpty() != columns.isEmpty()) {
            throw new SettingsException(
                    Problem.of("A branch that takes columns needs a name, and the only branch has neither.")
                            .expected("a name and at least one column, or none of both")
                            .found("the name '" + name + "' and the columns " + columns));
        }
    }

    /** The only branch of a network, which takes pictures or texts themselves. */
    public static ModelBranch only(Architecture architecture, Cut cut) {
        boolean texts = architecture.preparation() instanceof TextPreparation;
        return new ModelBranch("", texts ? ColumnKind.TEXT : ColumnKind.IMAGE, List.of(), architecture, cut);
    }

    /** What the names of its tensors and stages begin with in the whole network. */
    public String prefix() {
        return name.isEmpty() ? "" : name + "/";
    }

    /** Whether it takes columns of items; if not, the examples themselves. */
    public boolean takesColumns() {
        return !columns.isEmpty();
    }

    /** Whether its stages come from a source model; those of numbers and categories have no weights. */
    public boolean hasBackbone() {
        return kind == ColumnKind.IMAGE || kind == ColumnKind.TEXT;
    }

    /** The stages that run, in order. */
    public List<Stage> stages() {
        return architecture.stagesThrough(cut.last(architecture));
    }

    /** How many features the head takes of it. */
    public int features() {
        return cut.features(architecture);
    }

    /** All tensors of its stages, under their full names. */
    public Stream<ParameterSpec> parameters() {
        return stages().stream().flatMap(stage -> stage.parameters().stream()).map(spec -> spec.withPrefix(prefix()));
    }
}
