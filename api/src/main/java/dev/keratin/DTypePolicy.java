package dev.keratin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.DType;
import dev.keratin.config.Json;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which element types a layer uses: {@code "float32"} and other types for everything, {@code "mixed_float16"} and
 * {@code "mixed_bfloat16"} for 16 bits in computations and float32 in weights.
 *
 * @param name the Keras name
 * @param computeDType what floating inputs and weights are cast to, and the output has
 * @param variableDType what weights have
 * @see <a href="https://keras.io/api/mixed_precision/policy/">Keras: DTypePolicy</a>
 */
public record DTypePolicy(String name, DType computeDType, DType variableDType) {
    private static final String MIXED = "mixed_";

    /**
     * The policy with a Keras name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static DTypePolicy of(String name) {
        boolean mixed = name.startsWith(MIXED);
        String type = mixed ? name.substring(MIXED.length()) : name;
        DType compute = Arrays.stream(DType.values()).filter(each -> each.toString().equals(type))
                .filter(each -> !mixed || each.isFloating() && each.byteSize() == 2).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("DTypePolicy: \"mixed_float16\", \"mixed_bfloat16\" or the name"
                        + " of an element type is required. Received: \"" + name + "\". The usual one is \"float32\"."));
        return new DTypePolicy(name, compute, mixed ? DType.FLOAT32 : compute);
    }

    /** Whether weights are of another type than what is computed in. */
    public boolean isMixed() {
        return computeDType != variableDType;
    }

    /** A floating tensor in the compute dtype, with its mask; any other as it is. */
    public Tensor compute(Tensor tensor) {
        if (!tensor.dtype().isFloating() || tensor.dtype() == computeDType) {
            return tensor;
        }
        Tensor cast = Ops.cast(tensor, computeDType);
        cast.attachMask(tensor.mask());
        return cast;
    }

    /** What Keras files say of the policy. A new object. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("module", "keras");
        json.put("class_name", "DTypePolicy");
        json.putObject("config").put("name", name);
        json.putNull("registered_name");
        return json;
    }

    /**
     * The policy that a Keras file names: as an object, or by its name. Null is that of {@link Configuration#dtypePolicy}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static DTypePolicy fromJson(@Nullable JsonNode json) {
        if (json == null || json.isNull()) {
            return Configuration.dtypePolicy();
        }
        if (json.isTextual()) {
            return of(json.asText());
        }
        JsonNode config = json.path("config");
        String name = config.path("name").asText(config.path("dtype").asText(""));
        return name.isEmpty() ? Configuration.dtypePolicy() : of(name);
    }
}
