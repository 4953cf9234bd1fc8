package dev.graft.backbone;

import java.util.ArrayList;
import java.util.List;

/**
 * An architecture of the catalogue with what is known about its public weights.
 *
 * @param architecture the network
 * @param sources where pretrained weights can be had, the first being the usual choice; empty if Graft ships them or
 *     there are none
 * @param namings how the libraries that publish weights name its tensors; the first is the architecture's own way
 */
public record CatalogueEntry(Architecture architecture, List<WeightSource> sources, List<Naming> namings) {
    /** Copies the lists. */
    public CatalogueEntry {
        sources = List.copyOf(sources);
        namings = List.copyOf(namings);
    }

    static CatalogueEntry own(Architecture architecture) {
        return new CatalogueEntry(architecture, List.of(), List.of(Naming.own("graft")));
    }

    /** A network with timm's names. */
    static CatalogueEntry ofTimm(Architecture architecture, List<WeightSource> sources) {
        return new CatalogueEntry(architecture, sources, List.of(Naming.own("timm")));
    }

    /** A network that torchvision has under the same names, and timm under those given or the same. */
    static CatalogueEntry published(Architecture architecture, List<WeightSource> sources, Naming... others) {
        List<Naming> namings = new ArrayList<>(List.of(Naming.own("torchvision")));
        namings.addAll(List.of(others));
        return new CatalogueEntry(architecture, sources, namings);
    }
}
