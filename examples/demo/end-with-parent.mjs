// Loaded into the supervised server before it starts: when whoever supervises it is gone, however that came about, nobody could stop it any
// more, and the next start would find its port and its data taken.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();
