package dev.graft.backbone;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.List;

/** The architectures that Graft knows, by id. */
public final class Architectures {
    private static final List<Architecture> ALL = List.of(DigitsCnn.architecture(), CifarResnet.architecture());

    private Architectures() {}

    /** The ids, in order. */
    public static List<String> ids() {
        return ALL.stream().map(Architecture::id).toList();
    }

    /**
     * The architecture of that id.
     *
     * @throws SettingsException if there is none; the message lists them
     */
    public static Architecture named(String id) {
        return ALL.stream()
                .filter(architecture -> architecture.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new SettingsException(Problem.of("There is no architecture '" + id + "'.")
                        .expected(String.join(", ", ids()))
                        .found(id)
                        .fix("choose one of these; `graft backbones` lists them")));
    }
}
