// Functions and their graphs, one idea each.

import TerraceCompilation

extension GraphExample {
    static let control: [GraphExample] = [
        GraphExample(
            name: "a block that nothing branches to leaves no trace",
            fields: """
                (func (param i32) (result i32) (block (result i32) (local.get 0)))
                """,
            graph: """
                b0:
                  return p0:i32
                """),
        GraphExample(
            name: "paths that agree need no parameter",
            fields: """
                (func (param i32 i32) (result i32) (if (local.get 0) (then (local.set 1 (i32.const 5))) (else
                (local.set 1 (i32.const 5)))) (local.get 1))
                """,
            graph: """
                b0:
                  branch p0:i32 ? b2 : b1
                b1:
                  jump b3
                b2:
                  jump b3
                b3:
                  return 5
                """),
        GraphExample(
            name: "paths that differ meet in a parameter",
            fields: """
                (func (param i32 i32) (result i32) (if (local.get 0) (then (local.set 1 (i32.const 5))))
                (local.get 1))
                """,
            graph: """
                b0:
                  branch p0:i32 ? b2 : b1
                b1:
                  jump b3(p1:i32)
                b2:
                  jump b3(5)
                b3(v0: i32):
                  return v0
                """),
        GraphExample(
            name: "results and locals pass side by side",
            fields: """
                (func (param i32 i32) (result i32) (i32.add (if (result i32) (local.get 0) (then (local.set 1
                (i32.const 5)) (i32.const 1)) (else (i32.const 2))) (local.get 1)))
                """,
            graph: """
                b0:
                  branch p0:i32 ? b2 : b1
                b1:
                  jump b3(2, p1:i32)
                b2:
                  jump b3(1, 5)
                b3(v0: i32, v1: i32):
                  v2 = i32.add v0, v1
                  return v2
                """),
        GraphExample(
            name: "a loop's parameters are what it assigns and needs",
            fields: """
                (func (param i32) (result i32) (local i32 i32) (loop $l (local.set 2 (i32.const 9)) (local.set 1
                (i32.add (local.get 1) (local.get 0))) (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const
                1))))) (local.get 1))
                """,
            graph: """
                b0:
                  jump b1(0, p0:i32)
                b1(v0: i32, v1: i32):
                  poll
                  v2 = i32.add v0, v1
                  v3 = i32.add v1, -1
                  branch v3 ? b2 : b3
                b2:
                  jump b1(v2, v3)
                b3:
                  return v2
                """),
        GraphExample(
            name: "a local that a loop sets to itself is no parameter",
            fields: """
                (func (param i32 i32) (result i32) (loop $l (local.set 1 (local.get 1)) (br_if $l (local.tee 0
                (i32.sub (local.get 0) (i32.const 1))))) (local.get 1))
                """,
            graph: """
                b0:
                  jump b1(p0:i32)
                b1(v0: i32):
                  poll
                  v1 = i32.add v0, -1
                  branch v1 ? b2 : b3
                b2:
                  jump b1(v1)
                b3:
                  return p1:i32
                """),
        GraphExample(
            name: "a loop without a way back is none",
            fields: """
                (func (param i32) (result i32) (loop $l (result i32) (local.get 0)))
                """,
            graph: """
                b0:
                  return p0:i32
                """),
        GraphExample(
            name: "a table shares equal edges",
            fields: """
                (func (param i32) (result i32) (block $a (block $b (br_table $a $b $a $b (local.get 0))) (return
                (i32.const 1))) (i32.const 2))
                """,
            graph: """
                b0:
                  table p0:i32 [b1 b2 b1 b2]
                b1:
                  return 2
                b2:
                  return 1
                """),
        GraphExample(
            name: "a table out of the function",
            fields: """
                (func (param i32) (result i32) (block $a (result i32) (i32.const 7) (br_table $a 1 (local.get
                0))))
                """,
            graph: """
                b0:
                  table p0:i32 [b1 b2]
                b1:
                  return 7
                b2:
                  return 7
                """),
        GraphExample(
            name: "a known condition leaves one path",
            fields: """
                (func (param i32) (result i32) (if (result i32) (i32.const 0) (then (i32.div_u (local.get 0)
                (i32.const 0))) (else (i32.const 3))))
                """,
            graph: """
                b0:
                  return 3
                """),
        GraphExample(
            name: "a known index leaves one label",
            fields: """
                (func (param i32) (result i32) (block $a (block $b (br_table $a $b $a (i32.const 1))) (return
                (i32.const 1))) (local.get 0))
                """,
            graph: """
                b0:
                  jump b1
                b1:
                  return 1
                """),
        GraphExample(
            name: "code behind a trap is not built",
            fields: """
                (func (param i32) (result i32) (if (local.get 0) (then (unreachable))) (i32.const 1))
                """,
            graph: """
                b0:
                  branch p0:i32 ? b2 : b1
                b1:
                  return 1
                b2 cold:
                  trap unreachable
                """),
        GraphExample(
            name: "several values through a block",
            fields: """
                (func (param i32 i64) (result i64 i32) (local.get 0) (local.get 1) (block (param i32 i64)
                (result i64 i32) (local.set 1) (local.set 0) (local.get 1) (local.get 0)))
                """,
            graph: """
                b0:
                  return p1:i64, p0:i32
                """),
        GraphExample(
            name: "a branch on null",
            fields: """
                (func (param externref) (result i32) (block $l (drop (br_on_null $l (local.get 0))) (return
                (i32.const 1))) (i32.const 0))
                """,
            graph: """
                b0:
                  v0 = ref.is_null p0:ref
                  branch v0 ? b2 : b1
                b1:
                  return 1
                b2:
                  return 0
                """),
    ]

    static let values: [GraphExample] = [
        GraphExample(
            name: "constants are computed",
            fields: """
                (func (result i32) (i32.mul (i32.add (i32.const 3) (i32.const 4)) (i32.const -2)))
                """,
            graph: """
                b0:
                  return -14
                """),
        GraphExample(
            name: "a difference is a sum",
            fields: """
                (func (param i32) (result i32) (i32.sub (local.get 0) (i32.const 7)))
                """,
            graph: """
                b0:
                  v0 = i32.add p0:i32, -7
                  return v0
                """),
        GraphExample(
            name: "a product by a power of two is a shift",
            fields: """
                (func (param i64) (result i64) (i64.mul (local.get 0) (i64.const 16)))
                """,
            graph: """
                b0:
                  v0 = i64.shl p0:i64, 4L
                  return v0
                """),
        GraphExample(
            name: "a remainder by a power of two is a mask",
            fields: """
                (func (param i32) (result i32) (i32.rem_u (local.get 0) (i32.const 8)))
                """,
            graph: """
                b0:
                  v0 = i32.and p0:i32, 7
                  return v0
                """),
        GraphExample(
            name: "a mask that masks nothing goes",
            fields: """
                (func (param i32) (result i32) (i32.and (i32.shr_u (local.get 0) (i32.const 24)) (i32.const
                255)))
                """,
            graph: """
                b0:
                  v0 = i32.shr_u p0:i32, 24
                  return v0
                """),
        GraphExample(
            name: "two shifts are an extension",
            fields: """
                (func (param i32) (result i32) (i32.shr_s (i32.shl (local.get 0) (i32.const 24)) (i32.const
                24)))
                """,
            graph: """
                b0:
                  v0 = i32.extend8_s p0:i32
                  return v0
                """),
        GraphExample(
            name: "a negated comparison is the other one",
            fields: """
                (func (param i32 i32) (result i32) (i32.eqz (i32.lt_s (local.get 0) (local.get 1))))
                """,
            graph: """
                b0:
                  v0 = i32.ge_s p0:i32, p1:i32
                  return v0
                """),
        GraphExample(
            name: "a negated comparison of floats stays",
            fields: """
                (func (param f32 f32) (result i32) (i32.eqz (f32.lt (local.get 0) (local.get 1))))
                """,
            graph: """
                b0:
                  v0 = f32.lt p0:f32, p1:f32
                  v1 = i32.eqz v0
                  return v1
                """),
        GraphExample(
            name: "a division by 0 stays",
            fields: """
                (func (result i32) (i32.div_s (i32.const 1) (i32.const 0)))
                """,
            graph: """
                b0:
                  v0 = i32.div_s 1, 0
                  return v0
                """),
        GraphExample(
            name: "a division that cannot trap goes if nobody needs it",
            fields: """
                (func (param i32) (drop (i32.div_s (local.get 0) (i32.const 3))) (drop (i32.div_s (local.get 0)
                (i32.const -1))))
                """,
            graph: """
                b0:
                  v0 = i32.div_s p0:i32, -1
                  return
                """),
        GraphExample(
            name: "floating-point arithmetic stays",
            fields: """
                (func (result f64) (f64.add (f64.neg (f64.const 1)) (f64.const 0.5)))
                """,
            graph: """
                b0:
                  v0 = f64.add -1.0d, 0.5d
                  return v0
                """),
        GraphExample(
            name: "equal values are made once",
            fields: """
                (func (param i32 i32) (result i32) (i32.mul (i32.add (local.get 0) (local.get 1)) (i32.add
                (local.get 1) (local.get 0))))
                """,
            graph: """
                b0:
                  v0 = i32.add p0:i32, p1:i32
                  v1 = i32.mul v0, v0
                  return v1
                """),
        GraphExample(
            name: "equal values on other paths are not",
            fields: """
                (func (param i32 i32) (result i32) (if (local.get 0) (then (return (i32.add (local.get 0)
                (local.get 1))))) (i32.add (local.get 0) (local.get 1)))
                """,
            graph: """
                b0:
                  branch p0:i32 ? b1 : b2
                b1:
                  v0 = i32.add p0:i32, p1:i32
                  return v0
                b2:
                  v1 = i32.add p0:i32, p1:i32
                  return v1
                """),
        GraphExample(
            name: "a choice of 1 and 0 is its condition",
            fields: """
                (func (param i32 i32) (result i32) (select (i32.const 1) (i32.const 0) (i32.eq (local.get 0)
                (local.get 1))))
                """,
            graph: """
                b0:
                  v0 = i32.eq p0:i32, p1:i32
                  return v0
                """),
        GraphExample(
            name: "wide arithmetic has two results",
            fields: """
                (func (param i64 i64) (result i64) (i64.mul_wide_u (local.get 0) (local.get 1)) (i64.xor))
                """,
            graph: """
                b0:
                  v0 = i64.mul_wide_u p0:i64, p1:i64
                  v1 = result 1 of v0: i64
                  v2 = i64.xor v0, v1
                  return v2
                """),
    ]

    static let memory: [GraphExample] = [
        GraphExample(
            name: "a load is made once",
            fields: """
                (func (param i32) (result i32) (i32.add (i32.load (local.get 0)) (i32.load (local.get 0))))
                (memory 1)
                """,
            graph: """
                b0:
                  v0 = i32.load mem[p0:i32+0]
                  v1 = i32.add v0, v0
                  return v1
                """),
        GraphExample(
            name: "what was stored is not loaded",
            fields: """
                (func (param i32 i32) (result i32) (i32.store offset=4 (local.get 0) (local.get 1)) (i32.load8_u
                offset=4 (local.get 0))) (memory 1)
                """,
            graph: """
                b0:
                  i32.store mem[p0:i32+4], p1:i32
                  v0 = i32.and p1:i32, 255
                  return v0
                """),
        GraphExample(
            name: "a store beside it leaves a load known",
            fields: """
                (func (param i32) (result i32) (i32.load (local.get 0)) (i32.store offset=4 (local.get 0)
                (i32.const 1)) (i32.load (local.get 0)) (i32.add)) (memory 1)
                """,
            graph: """
                b0:
                  v0 = i32.load mem[p0:i32+0]
                  i32.store mem[p0:i32+4], 1
                  v1 = i32.add v0, v0
                  return v1
                """),
        GraphExample(
            name: "a store elsewhere does not",
            fields: """
                (func (param i32 i32) (result i32) (i32.load (local.get 0)) (i32.store (local.get 1) (i32.const
                1)) (i32.load (local.get 0)) (i32.add)) (memory 1)
                """,
            graph: """
                b0:
                  v0 = i32.load mem[p0:i32+0]
                  i32.store mem[p1:i32+0], 1
                  v1 = i32.load mem[p0:i32+0]
                  v2 = i32.add v0, v1
                  return v2
                """),
        GraphExample(
            name: "nor does one on one path",
            fields: """
                (func (param i32 i32) (result i32) (i32.load (local.get 0)) (if (local.get 1) (then (i32.store
                (local.get 1) (i32.const 1)))) (i32.load (local.get 0)) (i32.add)) (memory 1)
                """,
            graph: """
                b0:
                  v0 = i32.load mem[p0:i32+0]
                  branch p1:i32 ? b1 : b2
                b1:
                  i32.store mem[p1:i32+0], 1
                  jump b3
                b2:
                  jump b3
                b3:
                  v1 = i32.load mem[p0:i32+0]
                  v2 = i32.add v0, v1
                  return v2
                """),
        GraphExample(
            name: "nor a loop that stores",
            fields: """
                (func (param i32) (result i32) (local i32) (local.set 1 (i32.load (local.get 0))) (loop $l
                (local.set 1 (i32.add (local.get 1) (i32.load (local.get 0)))) (i32.store (local.get 1)
                (i32.const 0)) (br_if $l (local.get 1))) (local.get 1)) (memory 1)
                """,
            graph: """
                b0:
                  v0 = i32.load mem[p0:i32+0]
                  jump b1(v0)
                b1(v1: i32):
                  poll
                  v2 = i32.load mem[p0:i32+0]
                  v3 = i32.add v1, v2
                  i32.store mem[v3+0], 0
                  branch v3 ? b2 : b3
                b2:
                  jump b1(v3)
                b3:
                  return v3
                """),
        GraphExample(
            name: "constant addresses are told apart",
            fields: """
                (func (result i32) (i32.store (i32.const 8) (i32.const 1)) (i32.store (i32.const 16) (i32.const
                2)) (i32.load (i32.const 8))) (memory 1)
                """,
            graph: """
                b0:
                  i32.store mem[0+8], 1
                  i32.store mem[0+16], 2
                  return 1
                """),
        GraphExample(
            name: "an addition that cannot wrap goes to the offset",
            fields: """
                (func (param i32) (result i32) (i32.load offset=4 (i32.add (i32.shr_u (local.get 0) (i32.const
                2)) (i32.const 12)))) (memory 1)
                """,
            graph: """
                b0:
                  v0 = i32.shr_u p0:i32, 2
                  v1 = i32.load mem[v0+16]
                  return v1
                """),
        GraphExample(
            name: "bounds are checked once",
            fields: """
                (func (param i64) (result i32) (i32.add (i32.load offset=8 (local.get 0)) (i32.load (local.get
                0)))) (memory i64 1)
                """,
            graph: """
                b0:
                  check bounds p0:i64+12 in memory 0
                  v0 = memory.base 0
                  v1 = i64.add p0:i64, v0
                  v2 = i32.load [v1+8]
                  v3 = i32.load [v1+0]
                  v4 = i32.add v2, v3
                  return v4
                """),
        GraphExample(
            name: "a second memory",
            fields: """
                (func (param i32 i64) (i64.store 1 offset=3000000000 (local.get 0) (local.get 1))) (memory 1)
                (memory 1)
                """,
            graph: """
                b0:
                  v0 = i64.extend_i32_u p0:i32
                  v1 = i64.add v0, 3000000000L
                  v2 = memory.base 1
                  v3 = i64.add v1, v2
                  i64.store [v3+0], p1:i64
                  return
                """),
        GraphExample(
            name: "an access too far away always traps",
            fields: """
                (func (param i64) (result i32) (i32.load offset=0xffffffffffffffff (local.get 0))) (memory i64
                1)
                """,
            graph: """
                b0 cold:
                  trap memoryOutOfBounds
                """),
        GraphExample(
            name: "globals are known until a call",
            fields: """
                (func $f (result i32) (global.set $g (i32.const 3)) (i32.add (global.get $g) (block (result i32)
                (call $h) (global.get $g)))) (global $g (mut i32) (i32.const 0)) (func $h
                (loop (global.set $g (i32.const 4)) (br 0)))
                """,
            graph: """
                b0:
                  global.set 0, 3
                  call f1()
                  v0 = global.get 0: i32
                  v1 = i32.add v0, 3
                  return v1
                """),
        GraphExample(
            name: "an immutable global is known across calls",
            fields: """
                (func $f (result i32) (global.get $g) (call $h) (i32.add (global.get $g))) (global $g i32
                (i32.const 0)) (func $h (loop (br 0)))
                """,
            graph: """
                b0:
                  v0 = global.get 0: i32
                  call f1()
                  v1 = i32.add v0, v0
                  return v1
                """),
        GraphExample(
            name: "memory grows by a builtin",
            fields: """
                (func (param i32) (result i32) (memory.grow (local.get 0))) (memory 1)
                """,
            graph: """
                b0:
                  v0 = i64.extend_i32_u p0:i32
                  v1 = call memoryGrow(0L, v0): i64
                  v2 = i32.wrap_i64 v1
                  return v2
                """),
        GraphExample(
            name: "an indirect call checks its target",
            fields: """
                (func (param i32) (result i32 i64) (call_indirect (type $t) (local.get 0))) (type $t (func
                (result i32 i64))) (table 1 funcref)
                """,
            graph: """
                b0:
                  v0 = table.get 0[p0:i32]
                  check signature v0 is 0
                  v1 = call ref v0 indirect type 0(): i32
                  v2 = result 1 of v1: i64
                  return v1, v2
                """),
        GraphExample(
            name: "a splat of a load",
            fields: """
                (func (param i32) (result v128) (v128.load16_splat (local.get 0))) (memory 1)
                """,
            graph: """
                b0:
                  v0 = i32.load16_u mem[p0:i32+0]
                  v1 = i16x8.splat v0
                  return v1
                """),
        GraphExample(
            name: "a lane is loaded, and stored",
            fields: """
                (func (param i32 v128) (v128.store32_lane 1 (local.get 0) (v128.load8_lane 3 (local.get 0)
                (local.get 1)))) (memory 1)
                """,
            graph: """
                b0:
                  v0 = i32.load8_u mem[p0:i32+0]
                  v1 = i8x16.replace_lane p1:v128, v0 lane 3
                  v2 = i32x4.extract_lane v1 lane 1
                  i32.store mem[p0:i32+0], v2
                  return
                """),
        GraphExample(
            name: "a cast asks the runtime",
            fields: """
                (func (param funcref) (result funcref) (ref.cast (ref $t) (local.get 0))) (type $t (func))
                """,
            graph: """
                b0:
                  v0 = call referenceTest(p0:ref, type:0, 0L): i32
                  check v0 or castFailure
                  return p0:ref
                """),
    ]

    static let loopEntries: [GraphExample] = [
        GraphExample(
            name: "locals and operands come from the frame",
            fields: """
                (func (param i32) (result i32) (local i64) (i32.const 1) (loop $l (br_if $l (local.tee 0
                (i32.add (local.get 0) (i32.const -1))))) (i32.wrap_i64 (local.get 1)) (i32.add))
                """,
            entry: .loop(0),
            graph: """
                loop entry, frame 56
                b0:
                  jump b1(frame[-40]:i32)
                b1(v0: i32):
                  poll
                  v1 = i32.add v0, -1
                  branch v1 ? b2 : b3
                b2:
                  jump b1(v1)
                b3:
                  v2 = i32.wrap_i64 frame[-48]:i64
                  v3 = i32.add frame[-56]:i32, v2
                  return v3
                """),
        GraphExample(
            name: "a loop around it is built behind it",
            fields: """
                (func (param i32 i32) (result i32) (loop $o (loop $i (br_if $i (local.tee 0 (i32.add (local.get
                0) (i32.const -1))))) (local.set 0 (i32.const 10)) (br_if $o (local.tee 1 (i32.add (local.get 1)
                (i32.const -1))))) (local.get 0))
                """,
            entry: .loop(1),
            graph: """
                loop entry, frame 48
                b0:
                  jump b1(frame[-40]:i32)
                b1(v0: i32):
                  poll
                  v1 = i32.add v0, -1
                  branch v1 ? b2 : b3
                b2:
                  jump b1(v1)
                b3:
                  v2 = i32.add frame[-48]:i32, -1
                  branch v2 ? b5 : b4
                b4:
                  jump b12
                b5:
                  jump b6(v2)
                b6(v3: i32):
                  poll
                  jump b7(10)
                b7(v4: i32):
                  poll
                  v5 = i32.add v4, -1
                  branch v5 ? b8 : b9
                b8:
                  jump b7(v5)
                b9:
                  v6 = i32.add v3, -1
                  branch v6 ? b10 : b11
                b10:
                  jump b6(v6)
                b11:
                  jump b12
                b12:
                  return 10
                """),
        GraphExample(
            name: "the other arm is not built",
            fields: """
                (func (param i32 i32) (result i32) (if (local.get 1) (then (loop $l (br_if $l (local.tee 0
                (i32.add (local.get 0) (i32.const -1)))))) (else (unreachable))) (local.get 0))
                """,
            entry: .loop(0),
            graph: """
                loop entry, frame 48
                b0:
                  jump b1(frame[-40]:i32)
                b1(v0: i32):
                  poll
                  v1 = i32.add v0, -1
                  branch v1 ? b2 : b3
                b2:
                  jump b1(v1)
                b3:
                  jump b4
                b4:
                  return v1
                """),
    ]
}

extension GraphExample {
    static let inlining: [GraphExample] = [
        GraphExample(
            name: "a callee's value takes the place of its call",
            fields: """
                (func (param i32) (result i32) (i32.mul (call $f (local.get 0) (i32.const 3)) (i32.const 5)))
                (func $f (param i32 i32) (result i32) (local i32) (local.set 2 (i32.add (local.get 0) (local.get 1)))
                (local.get 2))
                """,
            graph: """
                b0:
                  v0 = i32.add p0:i32, 3
                  v1 = i32.mul v0, 5
                  return v1
                """),
        GraphExample(
            name: "the ways out of a callee meet behind it",
            fields: """
                (func (param i32 i32) (result i32) (i32.add (call $f (local.get 0)) (local.get 1)))
                (func $f (param i32) (result i32) (if (local.get 0) (then (return (i32.const 7)))) (local.get 0))
                """,
            graph: """
                b0:
                  branch p0:i32 ? b2 : b1
                b1:
                  jump b3(p0:i32)
                b2:
                  jump b3(7)
                b3(v0: i32):
                  v1 = i32.add p1:i32, v0
                  return v1
                """),
        GraphExample(
            name: "a callee that never returns ends the path",
            fields: """
                (func (param i32) (result i32) (if (local.get 0) (then (call $f))) (i32.const 1))
                (func $f (unreachable))
                """,
            graph: """
                b0:
                  branch p0:i32 ? b2 : b1
                b1:
                  return 1
                b2 cold:
                  trap unreachable
                """),
        GraphExample(
            name: "locals of callees begin at zero each time",
            fields: """
                (func (param i32) (result i32) (drop (call $f (i32.const 1))) (call $f (local.get 0)))
                (func $f (param i32) (result i32) (local i32) (i32.add (local.tee 1 (i32.add (local.get 1) (local.get
                0))) (local.get 1)))
                """,
            graph: """
                b0:
                  v0 = i32.add p0:i32, p0:i32
                  return v0
                """),
        GraphExample(
            name: "two results",
            fields: """
                (func (param i32) (result i32) (call $f (local.get 0)) (i32.sub))
                (func $f (param i32) (result i32 i32) (block (result i32 i32) (local.get 0) (i32.const 2) (br_if 1
                (local.get 0))))
                """,
            graph: """
                b0:
                  branch p0:i32 ? b2 : b1
                b1:
                  jump b3
                b2:
                  jump b3
                b3:
                  v0 = i32.add p0:i32, -2
                  return v0
                """),
    ]
}
