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
;;   0007  0f 82 b5 00 00 00              jb +0xc2
;;   000d  4c 89 dc                       mov rsp, r11
;; b0:
;;   0010  8b 55 c8                       mov edx, [rbp - 56]
;;   0013  8b 45 b8                       mov eax, [rbp - 72]
;;   0016  8b 4d c0                       mov ecx, [rbp - 64]
;; b1:
;;   0019  49 3b 26                       cmp rsp, [r14]
;;   001c  0f 82 a2 00 00 00              jb +0xc4
;;   0022  8d 04 40                       lea eax, [rax + rax*2]
;;   0025  01 d0                          add eax, edx
;;   0027  83 c1 ff                       add ecx, -1
;;   002a  0f 84 22 00 00 00              je +0x52
;;   0030  8d 04 40                       lea eax, [rax + rax*2]
;;   0033  01 d0                          add eax, edx
;;   0035  83 c1 ff                       add ecx, -1
;;   0038  0f 84 14 00 00 00              je +0x52
;;   003e  8d 04 40                       lea eax, [rax + rax*2]
;;   0041  01 d0                          add eax, edx
;;   0043  83 c1 ff                       add ecx, -1
;;   0046  74 0a                          je +0x52
;;   0048  8d 04 40                       lea eax, [rax + rax*2]
;;   004b  01 d0                          add eax, edx
;;   004d  83 c1 ff                       add ecx, -1
;;   0050  75 c7                          jne +0x19
;; b3:
;;   0052  83 c2 01                       add edx, 1
;;   0055  8b 4d d8                       mov ecx, [rbp - 40]
;;   0058  39 ca                          cmp edx, ecx
;;   005a  0f 83 54 00 00 00              jae +0xb4
;; b5:
;;   0060  8b 75 d0                       mov esi, [rbp - 48]
;; b6:
;;   0063  49 3b 26                       cmp rsp, [r14]
;;   0066  0f 82 5f 00 00 00              jb +0xcb
;; b7:
;;   006c  49 3b 26                       cmp rsp, [r14]
;;   006f  0f 82 5a 00 00 00              jb +0xcf
;;   0075  8d 04 40                       lea eax, [rax + rax*2]
;;   0078  01 d0                          add eax, edx
;;   007a  83 c6 ff                       add esi, -1
;;   007d  0f 84 22 00 00 00              je +0xa5
;;   0083  8d 04 40                       lea eax, [rax + rax*2]
;;   0086  01 d0                          add eax, edx
;;   0088  83 c6 ff                       add esi, -1
;;   008b  0f 84 14 00 00 00              je +0xa5
;;   0091  8d 04 40                       lea eax, [rax + rax*2]
;;   0094  01 d0                          add eax, edx
;;   0096  83 c6 ff                       add esi, -1
;;   0099  74 0a                          je +0xa5
;;   009b  8d 04 40                       lea eax, [rax + rax*2]
;;   009e  01 d0                          add eax, edx
;;   00a0  83 c6 ff                       add esi, -1
;;   00a3  75 c7                          jne +0x6c
;; b9:
;;   00a5  83 c2 01                       add edx, 1
;;   00a8  8b 4d d8                       mov ecx, [rbp - 40]
;;   00ab  39 ca                          cmp edx, ecx
;;   00ad  73 05                          jae +0xb4
;; b10:
;;   00af  8b 75 d0                       mov esi, [rbp - 48]
;;   00b2  eb af                          jmp +0x63
;; b12:
;;   00b4  48 8b 5d f0                    mov rbx, [rbp - 16]
;;   00b8  4c 8b 65 e8                    mov r12, [rbp - 24]
;;   00bc  4c 8b 6d e0                    mov r13, [rbp - 32]
;;   00c0  c9                             leave
;;   00c1  c3                             ret
;; outOfLine:
;;   00c2  0f 0b                          ud2
;;   00c4  0f 0b                          ud2
;;   00c6  e9 57 ff ff ff                 jmp +0x22
;;   00cb  0f 0b                          ud2
;;   00cd  eb 9d                          jmp +0x6c
;;   00cf  0f 0b                          ud2
;;   00d1  eb a2                          jmp +0x75
