package dev.graft.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.graft.weights.WeightSet;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * MiniLM of DJL's own embeddings, attention, dense layers and norms. DJL's BertBlock and TransformerEncoderBlock are other
 * networks: they normalise with BatchNorm. Takes the tokens (texts, tokens), int64, and the mask, float32; gives the mean of
 * each text's tokens (texts, width), or with a head the logits.
 */
final class DjlTransformer extends AbstractBlock {
    private static final int VOCABULARY = 30522;
    private static final int POSITIONS = 512;
    private static final int TYPES = 2;
    private static final int WIDTH = 384;
    private static final int LAYERS = 6;
    private static final int HEADS = 12;
    private static final float DROPOUT = 0.1f;
    private static final float PENALTY = 1e5f;

    private final Map<String, Block> named = new LinkedHashMap<>();
    private final IdEmbedding words = add("embeddings.word_embeddings", embedding(VOCABULARY));
    private final IdEmbedding positions = add("embeddings.position_embeddings", embedding(POSITIONS));
    private final IdEmbedding types = add("embeddings.token_type_embeddings", embedding(TYPES));
    private final LayerNorm norm = add("embeddings.LayerNorm", norm());
    private final Dropout dropout =
            addChildBlock("dropout", Dropout.builder().optRate(DROPOUT).build());
    private final List<Encoder> layers = new ArrayList<>();
    private final @Nullable Linear head;

    /** One layer: attention, then two dense layers, each added to its input and normalised. */
    private record Encoder(
            ScaledDotProductAttentionBlock attention,
            LayerNorm attentionNorm,
            Linear inner,
            Linear outer,
            LayerNorm outerNorm) {}

    /**
     * Makes the network.
     *
     * @param classes of the head; 0 for none
     */
    DjlTransformer(int classes) {
        for (int i = 0; i < LAYERS; i++) {
            String at = "encoder.layer." + i + ".";
            ScaledDotProductAttentionBlock attention = addChildBlock(
                    at + "attention",
                    ScaledDotProductAttentionBlock.builder()
                            .setEmbeddingSize(WIDTH)
                            .setHeadCount(HEADS)
                            .optAttentionProbsDropoutProb(DROPOUT)
                            .build());
            named.put(at + "attention.self.query", attention.getQueryProjection());
            named.put(at + "attention.self.key", attention.getKeyProjection());
            named.put(at + "attention.self.value", attention.getValueProjection());
            named.put(at + "attention.output.dense", attention.getResultProjection());
            layers.add(new Encoder(
                    attention,
                    add(at + "attention.output.LayerNorm", norm()),
                    add(at + "intermediate.dense", dense(4 * WIDTH)),
                    add(at + "output.dense", dense(WIDTH)),
                    add(at + "output.LayerNorm", norm())));
        }
        head = classes == 0 ? null : add("head", dense(classes));
    }

    private <B extends Block> B add(String name, B block) {
        named.put(name, block);
        return addChildBlock(name, block);
    }

    private static IdEmbedding embedding(int numbers) {
        return new IdEmbedding.Builder()
                .setDictionarySize(numbers)
                .setEmbeddingSize(WIDTH)
                .build();
    }

    private static LayerNorm norm() {
        return LayerNorm.builder().axis(2).optEpsilon(1e-12f).build();
    }

    private static Linear dense(int units) {
        return Linear.builder().setUnits(units).build();
    }

    /** Sets all parameters; call after the initialisation. */
    void load(WeightSet weights) {
        named.forEach((name, block) -> {
            List<ai.djl.nn.Parameter> parameters = block.getParameters().values();
            for (int i = 0; i < parameters.size(); i++) {
                String tensor = name + (i == 0 ? ".weight" : ".bias");
                parameters
                        .get(i)
                        .getArray()
                        .set(FloatBuffer.wrap(weights.get(tensor).values()));
            }
        });
    }

    @Override
    public void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape tokens = inputs[0];
        Shape vectors = tokens.add(WIDTH);
        List.of(words, positions, types).forEach(table -> table.initialize(manager, type, tokens));
        norm.initialize(manager, type, vectors);
        dropout.initialize(manager, type, vectors);
        for (Encoder layer : layers) {
            layer.attention().initialize(manager, type, vectors);
            layer.attentionNorm().initialize(manager, type, vectors);
            layer.inner().initialize(manager, type, vectors);
            layer.outer().initialize(manager, type, tokens.add(4 * WIDTH));
            layer.outerNorm().initialize(manager, type, vectors);
        }
        if (head != null) {
            head.initialize(manager, type, new Shape(tokens.get(0), WIDTH));
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> options) {
        NDArray ids = inputs.get(0);
        NDArray mask = inputs.get(1);
        long texts = ids.getShape().get(0);
        long tokens = ids.getShape().get(1);
        NDManager scope = ids.getManager();
        NDArray places = scope.arange(0, (int) tokens, 1, DataType.INT64).expandDims(0);
        NDArray sum = apply(words, store, training, ids)
                .add(apply(positions, store, training, places))
                .add(apply(types, store, training, scope.zeros(new Shape(1, 1), DataType.INT64)));
        NDArray vectors = apply(dropout, store, training, apply(norm, store, training, sum));
        // Of four axes, a mask is added to the scores as it is; of three, the block computes just this.
        NDArray penalties = mask.sub(1).mul(PENALTY).reshape(texts, 1, 1, tokens);
        for (Encoder layer : layers) {
            NDArray added = apply(
                    dropout,
                    store,
                    training,
                    layer.attention()
                            .forward(store, new NDList(vectors, penalties), training)
                            .singletonOrThrow());
            vectors = apply(layer.attentionNorm(), store, training, vectors.add(added));
            NDArray inner = Activation.gelu(apply(layer.inner(), store, training, vectors));
            NDArray outer = apply(dropout, store, training, apply(layer.outer(), store, training, inner));
            vectors = apply(layer.outerNorm(), store, training, vectors.add(outer));
        }
        NDArray means = vectors.mul(mask.expandDims(2)).sum(new int[] {1}).div(mask.sum(new int[] {1}, true));
        return new NDList(head == null ? means : apply(head, store, training, means));
    }

    private static NDArray apply(Block block, ParameterStore store, boolean training, NDArray input) {
        return block.forward(store, new NDList(input), training).singletonOrThrow();
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        long texts = inputs[0].get(0);
        return new Shape[] {
            head == null ? new Shape(texts, WIDTH) : head.getOutputShapes(new Shape[] {new Shape(texts, WIDTH)})[0]
        };
    }
}
