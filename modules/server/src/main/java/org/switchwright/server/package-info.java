/** Where everything is put together and started. */
@NullMarked
package org.switchwright.server;

import org.jspecify.annotations.NullMarked;
