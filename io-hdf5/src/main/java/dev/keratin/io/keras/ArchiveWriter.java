package dev.keratin.io.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.io.hdf5.AtomicFile;
import dev.keratin.io.hdf5.H5Writer;
import dev.keratin.models.Model;
import dev.keratin.models.Models;
import dev.keratin.models.training.Compilation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes {@code .keras} files: a zip of the configuration and the weights, not compressed, as Keras 3 writes it. */
final class ArchiveWriter {
    /** The Keras whose files these are. */
    static final String KERAS_VERSION = "3.15.1";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd'@'HH:mm:ss");

    private ArchiveWriter() {}

    static void write(Model model, Path target) throws IOException {
        byte[] config = Json.written(config(model)).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(target, file -> {
            Path weights = Files.createTempFile(file.toAbsolutePath().getParent(), ".weights", ".h5");
            try {
                H5Writer.write(weights, out -> WeightsWriter.write(model, out));
                zip(file, config, weights);
            } catch (IOException e) {
                throw AtomicFile.failure(target, e.getCause() instanceof IOException disk ? disk : e);
            } finally {
                Files.deleteIfExists(weights);
            }
        });
    }

    private static void zip(Path file, byte[] config, Path weights) throws IOException {
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            add(zip, Archive.METADATA, metadata());
            add(zip, Archive.CONFIG, config);
            try (InputStream check = Files.newInputStream(weights); InputStream content = Files.newInputStream(weights)) {
                add(zip, entry(Archive.WEIGHTS, Files.size(weights), check), content);
            }
        }
    }

    private static byte[] metadata() {
        return Json.object().put("keras_version", KERAS_VERSION).put("date_saved", DATE.format(LocalDateTime.now()))
                .toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        add(zip, entry(name, content.length, new ByteArrayInputStream(content)), new ByteArrayInputStream(content));
    }

    private static void add(ZipOutputStream zip, ZipEntry entry, InputStream content) throws IOException {
        zip.putNextEntry(entry);
        content.transferTo(zip);
        zip.closeEntry();
    }

    private static ZipEntry entry(String name, long size, InputStream content) throws IOException {
        CRC32 checksum = new CRC32();
        byte[] piece = new byte[1 << 16];
        for (int count = content.read(piece); count >= 0; count = content.read(piece)) {
            checksum.update(piece, 0, count);
        }
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size);
        entry.setCompressedSize(size);
        entry.setCrc(checksum.getValue());
        return entry;
    }

    /** What {@code config.json} says: the model, the shape it was built for, and what it was compiled with. */
    static ObjectNode config(Model model) throws JsonProcessingException {
        ObjectNode config = (ObjectNode) Json.MAPPER.readTree(Models.toJson(model));
        if (model.isBuilt() && model.buildShapes().size() == 1) {
            config.putObject("build_config").set("input_shape", shape(model.buildShapes().get(0)));
        }
        Compilation compilation = model.compilationOrNull();
        if (compilation != null) {
            config.set("compile_config", compilation.config());
        }
        return config;
    }

    private static ArrayNode shape(Shape shape) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        for (long dim : shape.dims()) {
            array.add(dim == Shape.UNKNOWN ? null : (Long) dim);
        }
        return array;
    }
}
