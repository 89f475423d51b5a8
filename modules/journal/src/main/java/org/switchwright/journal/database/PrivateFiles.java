package org.switchwright.journal.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** Files and directories that nobody but their owner may read. */
public final class PrivateFiles {
  private static final int SECRET_BYTES = 24;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFiles() {}

  public static void directory(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      Files.createDirectories(directory, OWNER_DIRECTORY);
    }
  }

  static void close(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }

  /** The secret of that file: letters, digits, '-' and '_'; made at random when there is none. */
  public static String secret(Path file) throws IOException {
    if (Files.notExists(file)) {
      byte[] random = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(random);
      try {
        create(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      } catch (FileAlreadyExistsException e) {
        // Another node was faster: its secret is the one.
      }
    }
    String secret = Files.readString(file).strip();
    if (!secret.matches("[A-Za-z0-9_-]{16,128}")) {
      throw new IOException("Expected a generated secret in " + file + ", but found another text");
    }
    return secret;
  }

  /**
   * Writes a new file, whole or not at all, readable by its owner only.
   *
   * @throws FileAlreadyExistsException if there is one of that name
   */
  public static void create(Path file, String text) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException("Expected a file in a directory, but got " + file);
    }
    directory(directory);
    Path draft = Files.createTempFile(directory, ".new", "", OWNER_FILE);
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        channel.force(true);
      }
      // A link, unlike a move, never replaces what another process has put there meanwhile.
      Files.createLink(file, draft);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
