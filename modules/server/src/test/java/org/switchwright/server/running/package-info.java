/** Tests of whole nodes. */
package org.switchwright.server.running;
