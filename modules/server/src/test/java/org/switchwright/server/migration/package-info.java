@NullMarked
package org.switchwright.server.migration;

import org.jspecify.annotations.NullMarked;
