;; A dot product of bytes.
(module
  (memory 1)
  (func $f (param $p i32) (param $q i32) (param $n i32) (result v128) (local $s v128)
    (loop $l
      (local.set $s (i32x4.add (local.get $s)
        (i32x4.dot_i16x8_s (v128.load (local.get $p)) (v128.load (local.get $q)))))
      (local.set $p (i32.add (local.get $p) (i32.const 16)))
      (local.set $q (i32.add (local.get $q) (i32.const 16)))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $s)))

;; Graph
;; b0:
;;   jump b1(v128:0x00000000000000000000000000000000, p0:i32, p1:i32, p2:i32)
;; b1(v0: v128, v1: i32, v2: i32, v3: i32): ; loop 0, ×8, from b0 b2
;;   poll
;;   v4 = v128.load mem[v1+0]
;;   v5 = v128.load mem[v2+0]
;;   v6 = i32x4.dot_i16x8_s v4, v5
;;   v7 = i32x4.add v0, v6
;;   v8 = i32.add v1, 16
;;   v9 = i32.add v2, 16
;;   v10 = i32.add v3, -1
;;   branch v10 ? b2 : b3
;; b2:                                     ; in loop 0, ×7.0, from b1
;;   jump b1(v7, v8, v9, v10)
;; b3:                                     ; from b1
;;   return v7
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  c5 f8 57 c0                    vxorps xmm0, xmm0, xmm0
;; b1:
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 1d 00 00 00              jb +0x30
;;   0013  c4 c1 78 10 0c 3f              vmovups xmm1, [r15 + rdi]
;;   0019  c4 c1 71 f5 0c 37              vpmaddwd xmm1, xmm1, [r15 + rsi]
;;   001f  c5 f9 fe c1                    vpaddd xmm0, xmm0, xmm1
;;   0023  83 c7 10                       add edi, 16
;;   0026  83 c6 10                       add esi, 16
;;   0029  83 c2 ff                       add edx, -1
;;   002c  75 dc                          jne +0xa
;; b3:
;;   002e  c9                             leave
;;   002f  c3                             ret
;; outOfLine:
;;   0030  0f 0b                          ud2
;;   0032  eb df                          jmp +0x13
