;; The inner of two loops is entered; the outer one goes on in the same code.
;; Entry: loop 1
(module
  (func $f (param $n i32) (param $m i32) (result i32) (local $i i32) (local $j i32) (local $s i32)
    (loop $outer
      (local.set $j (local.get $m))
      (loop $inner
        (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 3)) (local.get $i)))
        (br_if $inner (local.tee $j (i32.sub (local.get $j) (i32.const 1)))))
      (br_if $outer (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $s)))

;; Graph
;; loop entry, frame 72
;; b0:
;;   jump b1(frame[-72]:i32, frame[-64]:i32)
;; b1(v0: i32, v1: i32):                   ; loop 0, ×8, from b0 b2
;;   poll
;;   v2 = i32.mul v0, 3
;;   v3 = i32.add frame[-56]:i32, v2
;;   v4 = i32.add v1, -1
;;   branch v4 ? b2 : b3
;; b2:                                     ; in loop 0, ×7.0, from b1
;;   jump b1(v3, v4)
;; b3:                                     ; from b1
;;   v5 = i32.add frame[-56]:i32, 1
;;   v6 = i32.gt_u frame[-40]:i32, v5
;;   branch v6 ? b5 : b4
;; b4:                                     ; ×0.5, from b3
;;   jump b12(v3)
;; b5:                                     ; ×0.5, from b3
;;   jump b6(v3, v5)
;; b6(v7: i32, v8: i32):                   ; loop 1, ×4, from b5 b10
;;   poll
;;   jump b7(v7, frame[-48]:i32)
;; b7(v9: i32, v10: i32):                  ; loop 2 in loop 1, ×32, from b6 b8
;;   poll
;;   v11 = i32.mul v9, 3
;;   v12 = i32.add v8, v11
;;   v13 = i32.add v10, -1
;;   branch v13 ? b8 : b9
;; b8:                                     ; in loop 2, ×28.0, from b7
;;   jump b7(v12, v13)
;; b9:                                     ; in loop 1, ×4, from b7
;;   v14 = i32.add v8, 1
;;   v15 = i32.gt_u frame[-40]:i32, v14
;;   branch v15 ? b10 : b11
;; b10:                                    ; in loop 1, ×3.5, from b9
;;   jump b6(v12, v14)
;; b11:                                    ; ×0.5, from b9
;;   jump b12(v12)
;; b12(v16: i32):                          ; from b4 b11
;;   return v16
;; Code
;; prologue:
;;   0000  4c 8d 5d b0                    lea r11, [rbp - 80]
;;   0004  4d 3b 1e                       cmp r11, [r14]
;;   0007  0f 82 69 00 00 00              jb +0x76
;;   000d  4c 89 dc                       mov rsp, r11
;; b0:
;;   0010  8b 55 c8                       mov edx, [rbp - 56]
;;   0013  8b 45 b8                       mov eax, [rbp - 72]
;;   0016  8b 4d c0                       mov ecx, [rbp - 64]
;; b1:
;;   0019  49 3b 26                       cmp rsp, [r14]
;;   001c  0f 82 56 00 00 00              jb +0x78
;;   0022  8d 04 40                       lea eax, [rax + rax*2]
;;   0025  01 d0                          add eax, edx
;;   0027  83 c1 ff                       add ecx, -1
;;   002a  75 ed                          jne +0x19
;; b3:
;;   002c  83 c2 01                       add edx, 1
;;   002f  8b 4d d8                       mov ecx, [rbp - 40]
;;   0032  39 d1                          cmp ecx, edx
;;   0034  0f 86 2e 00 00 00              jbe +0x68
;; b5:
;;   003a  8b 75 d0                       mov esi, [rbp - 48]
;; b6:
;;   003d  49 3b 26                       cmp rsp, [r14]
;;   0040  0f 82 36 00 00 00              jb +0x7c
;; b7:
;;   0046  49 3b 26                       cmp rsp, [r14]
;;   0049  0f 82 31 00 00 00              jb +0x80
;;   004f  8d 04 40                       lea eax, [rax + rax*2]
;;   0052  01 d0                          add eax, edx
;;   0054  83 c6 ff                       add esi, -1
;;   0057  75 ed                          jne +0x46
;; b9:
;;   0059  83 c2 01                       add edx, 1
;;   005c  8b 4d d8                       mov ecx, [rbp - 40]
;;   005f  39 d1                          cmp ecx, edx
;;   0061  76 05                          jbe +0x68
;; b10:
;;   0063  8b 75 d0                       mov esi, [rbp - 48]
;;   0066  eb d5                          jmp +0x3d
;; b12:
;;   0068  48 8b 5d f0                    mov rbx, [rbp - 16]
;;   006c  4c 8b 65 e8                    mov r12, [rbp - 24]
;;   0070  4c 8b 6d e0                    mov r13, [rbp - 32]
;;   0074  c9                             leave
;;   0075  c3                             ret
;; outOfLine:
;;   0076  0f 0b                          ud2
;;   0078  0f 0b                          ud2
;;   007a  eb a6                          jmp +0x22
;;   007c  0f 0b                          ud2
;;   007e  eb c6                          jmp +0x46
;;   0080  0f 0b                          ud2
;;   0082  eb cb                          jmp +0x4f
