package org.switchwright.server.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * By which the command line on the same machine finds a running server and is let in: whoever may
 * read the server's data directory could read everything anyhow. Made at each start, with a token
 * that lives no longer than the server; removed when it stops.
 *
 * @param url of the HTTP interface
 */
public record AccessFile(String url, String token) {
  private static final String NAME = "access.json";
  private static final JsonMapper MAPPER = new JsonMapper();

  @Override
  public String toString() {
    return "AccessFile[" + url + "]";
  }

  /** Writes the file, whole or not at all, readable by its owner only. */
  public void write(Path directory) throws IOException {
    Path draft =
        Files.createTempFile(
            directory,
            ".access",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      String json = MAPPER.writeValueAsString(Map.of("url", url, "token", token));
      channel.write(ByteBuffer.wrap((json + "\n").getBytes(StandardCharsets.UTF_8)));
    }
    Files.move(draft, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes the file if it is still this one. */
  public void remove(Path directory) throws IOException {
    if (read(directory).filter(this::equals).isPresent()) {
      Files.deleteIfExists(directory.resolve(NAME));
    }
  }

  public static Optional<AccessFile> read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    JsonNode json = MAPPER.readTree(file.toFile());
    return Optional.of(new AccessFile(json.path("url").asText(), json.path("token").asText()));
  }
}
