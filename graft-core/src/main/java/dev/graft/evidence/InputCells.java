package dev.graft.evidence;

import dev.graft.evidence.PicturePlace.Cells;
import dev.graft.layer.Activation;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.AveragePool2d;
import dev.graft.layer.GatedFusion;
import dev.graft.layer.Layer;
import dev.graft.layer.LayerNorm;
import dev.graft.layer.LayerScale;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SamePadding;
import dev.graft.layer.SelfAttention;
import dev.graft.layer.SequencePool;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.SqueezeExcitation;
import dev.graft.layer.Stage;
import dev.graft.layer.Standardization;
import dev.graft.layer.TokenEmbedding;
import dev.graft.layer.UnitLength;
import java.util.List;

/**
 * Which pixels of its input the cells of a feature map stand for: the middles of their receptive fields (Araujo et al. 2019,
 * "Computing Receptive Fields of Convolutional Neural Networks"). Stretching a map over the input instead misplaces it by up to
 * half a cell, and by several where convolutions pad nothing.
 *
 * @param rows the middles of the map's rows; the middle of the input's first pixel is 0
 * @param columns the middles of the map's columns
 */
record InputCells(Cells rows, Cells columns) {
    private static final InputCells PIXELS = new InputCells(new Cells(0, 1), new Cells(0, 1));
    // They work within each place, keep the map as it is beside what they add, or end it.
    private static final List<Class<? extends Layer>> STAY = List.of(
            Activation.class,
            GatedFusion.class,
            LayerNorm.class,
            LayerScale.class,
            PointwiseLinear.class,
            SelfAttention.class,
            SequencePool.class,
            SkipConnection.class,
            SqueezeExcitation.class,
            Standardization.class,
            TokenEmbedding.class,
            UnitLength.class,
            Layer.BatchNorm2d.class,
            Layer.Relu.class,
            Layer.GlobalAveragePool.class,
            Layer.Flatten.class,
            Layer.Linear.class,
            Layer.Dropout.class);

    /** The cells of what some stages make of an input. */
    static InputCells of(ActivationShape input, List<Stage> stages) {
        InputCells cells = PIXELS;
        ActivationShape shape = input;
        for (Stage stage : stages) {
            for (Layer layer : stage.layers()) {
                cells = cells.through(layer, shape);
                shape = layer.outputShape(shape);
            }
        }
        return cells;
    }

    private InputCells through(Layer layer, ActivationShape shape) {
        if (layer instanceof Layer.Conv2d conv) {
            return window(conv.kernel(), conv.stride(), conv.padding());
        } else if (layer instanceof Layer.MaxPool2d pool) {
            return window(pool.kernel(), pool.stride(), pool.padding());
        } else if (layer instanceof AveragePool2d pool) {
            return window(pool.kernel(), pool.stride(), pool.padding());
        } else if (layer instanceof SamePadding padding) {
            return new InputCells(
                    padded(rows, padding.before(shape.height())), padded(columns, padding.before(shape.width())));
        } else if (layer instanceof Layer.Residual residual) {
            InputCells cells = this;
            ActivationShape inside = shape;
            for (Layer part : residual.body()) {
                cells = cells.through(part, inside);
                inside = part.outputShape(inside);
            }
            return cells;
        } else if (STAY.stream().anyMatch(kind -> kind.isInstance(layer))) {
            return this;
        }
        throw new AssertionError("where its outputs lie is not known of " + layer);
    }

    private InputCells window(int kernel, int stride, int padding) {
        return new InputCells(window(rows, kernel, stride, padding), window(columns, kernel, stride, padding));
    }

    private static Cells window(Cells cells, int kernel, int stride, int padding) {
        return new Cells(cells.middle(0) + ((kernel - 1) / 2.0 - padding) * cells.step(), cells.step() * stride);
    }

    private static Cells padded(Cells cells, int before) {
        return new Cells(cells.first() - before * cells.step(), cells.step());
    }
}
