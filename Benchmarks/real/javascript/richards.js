// Objects, properties and calls of methods: queues of tasks that hand packets to each other.
function Packet(link, id, kind) { this.link = link; this.id = id; this.kind = kind; this.datum = 0; this.data = [0, 0, 0, 0]; }
Packet.prototype.appendTo = function (queue) {
    this.link = null;
    if (queue === null) return this;
    var last = queue;
    while (last.link !== null) last = last.link;
    last.link = this;
    return queue;
};
function Task(id, priority, queue, run) {
    this.id = id; this.priority = priority; this.queue = queue; this.run = run; this.count = 0; this.next = null;
}
Task.prototype.accept = function (packet) { this.queue = packet.appendTo(this.queue); };
Task.prototype.step = function (tasks) {
    var packet = this.queue;
    if (packet === null) return false;
    this.queue = packet.link;
    this.count++;
    this.run(packet, tasks);
    return true;
};
function worker(packet, tasks) {
    var sum = 0;
    for (var i = 0; i < 4; i++) { packet.data[i] = (packet.data[i] * 31 + packet.id + i) & 0xffff; sum += packet.data[i]; }
    packet.datum = sum & 0xff;
    tasks[packet.datum % tasks.length].accept(packet);
}
function device(packet, tasks) { packet.kind = (packet.kind + 1) % 3; tasks[(packet.id + packet.kind) % tasks.length].accept(packet); }
var tasks = [];
for (var i = 0; i < 6; i++) tasks.push(new Task(i, i * 10, null, i % 2 ? worker : device));
for (var i = 0; i < 12; i++) tasks[i % 6].accept(new Packet(null, i, i % 3));
var steps = 0;
for (var round = 0; round < size; round++)
    for (var i = 0; i < tasks.length; i++) if (tasks[i].step(tasks)) steps++;
var counts = [];
for (var i = 0; i < tasks.length; i++) counts.push(tasks[i].count);
print(steps, counts.join(","));
