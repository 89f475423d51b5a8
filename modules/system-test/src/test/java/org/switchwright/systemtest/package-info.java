/** Whole servers with real SIP and a real PostgreSQL, in situations that users know. */
package org.switchwright.systemtest;
