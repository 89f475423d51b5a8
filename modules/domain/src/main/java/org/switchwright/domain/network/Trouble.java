package org.switchwright.domain.network;

/** Why a site cannot be followed. */
public enum Trouble {
  /** No heartbeat came for as long as three take. */
  SILENT,
  /** It does not know the controller's token. */
  REFUSED,
  /** It tells what this version does not know, or can make nothing of. */
  UNREADABLE,
  /** Another site answers there. */
  ANOTHER_SITE
}
