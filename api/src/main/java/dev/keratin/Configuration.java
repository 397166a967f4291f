package dev.keratin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keratin.backend.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Settings that hold for the whole process, as in {@code keras.config}: read once from the system property
 * {@code keratin.NAME}, the environment variable {@code KERATIN_NAME} or {@code ~/.keratin/keratin.json}, the first that
 * is set.
 */
public final class Configuration {
    private static volatile @Nullable DType floatx;
    private static volatile @Nullable Double epsilon;
    private static volatile @Nullable String imageDataFormat;
    private static volatile @Nullable DTypePolicy dtypePolicy;

    record Setting(String value, String origin) {}

    private Configuration() {}

    /** The element type of weights and of Java numbers; float32 unless set. */
    public static DType floatx() {
        if (floatx == null) {
            setFloatx(setting("floatx").map(each -> DType.of(each.value())).orElse(DType.FLOAT32));
        }
        return floatx;
    }

    /** Sets {@link #floatx}. */
    public static void setFloatx(DType type) {
        if (!type.isFloating()) {
            throw new IllegalArgumentException("setFloatx: a floating type is required. Received: " + type + ".");
        }
        floatx = type;
    }

    /** Which element types layers use that are told nothing else; those of {@link #floatx} unless set. */
    public static DTypePolicy dtypePolicy() {
        DTypePolicy known = dtypePolicy;
        if (known == null) {
            setting("dtype_policy").ifPresent(each -> setDTypePolicy(each.value()));
            known = dtypePolicy;
        }
        return known != null ? known : DTypePolicy.of(floatx().toString());
    }

    /**
     * Sets {@link #dtypePolicy} for layers made from now on, as {@code keras.config.set_dtype_policy} does: such as
     * {@code "mixed_bfloat16"}.
     *
     * @throws IllegalArgumentException if there is no policy of that name
     */
    public static void setDTypePolicy(String name) {
        setDTypePolicy(DTypePolicy.of(name));
    }

    /** Sets {@link #dtypePolicy} for layers made from now on; null for that of {@link #floatx}. */
    public static void setDTypePolicy(@Nullable DTypePolicy policy) {
        dtypePolicy = policy;
    }

    /** The small number that keeps divisions and logarithms finite; 1e-7 unless set. */
    public static double epsilon() {
        if (epsilon == null) {
            setEpsilon(setting("epsilon").map(Configuration::number).orElse(1e-7));
        }
        return epsilon;
    }

    /** Sets {@link #epsilon}. */
    public static void setEpsilon(double value) {
        epsilon = value;
    }

    /** {@code "channels_last"} unless set to {@code "channels_first"}. */
    public static String imageDataFormat() {
        if (imageDataFormat == null) {
            setImageDataFormat(setting("image_data_format").map(Setting::value).orElse("channels_last"));
        }
        return imageDataFormat;
    }

    /** Sets {@link #imageDataFormat}. */
    public static void setImageDataFormat(String format) {
        if (!format.equals("channels_last") && !format.equals("channels_first")) {
            throw new IllegalArgumentException("setImageDataFormat: \"channels_last\" or \"channels_first\" is required."
                    + " Received: \"" + format + "\".");
        }
        imageDataFormat = format;
    }

    private static double number(Setting setting) {
        try {
            return Double.parseDouble(setting.value());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(setting.origin() + ": a number is required. Received: \"" + setting.value()
                    + "\". Write it as 1e-7.", e);
        }
    }

    static Optional<Setting> setting(String name) {
        String property = System.getProperty("keratin." + name);
        if (property != null) {
            return Optional.of(new Setting(property, "-Dkeratin." + name));
        }
        String variable = "KERATIN_" + name.toUpperCase(Locale.ROOT);
        String environment = System.getenv(variable);
        if (environment != null && !environment.isEmpty()) {
            return Optional.of(new Setting(environment, variable));
        }
        return fromFile(name);
    }

    private static Optional<Setting> fromFile(String name) {
        Path file = Path.of(System.getProperty("user.home"), ".keratin", "keratin.json");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            JsonNode value = new ObjectMapper().readTree(file.toFile()).get(name);
            return value == null ? Optional.empty() : Optional.of(new Setting(value.asText(), file.toString()));
        } catch (IOException e) {
            throw new IllegalStateException("Configuration: valid JSON is required. Received: " + file + " ("
                    + e.getMessage() + "). Mend or remove the file.", e);
        }
    }
}
