;; Values live through a call in a loop.
(module
  (import "m" "g" (func $g (param i32) (result i32)))
  (func $f (param $n i32) (param $k i32) (result i32) (local $s i32)
    (loop $l
      (local.set $s (i32.add (local.get $s) (call $g (i32.add (local.get $n) (local.get $k)))))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $s)))

;; Graph
;; b0:
;;   jump b1(0, p0:i32)
;; b1(v0: i32, v1: i32):                   ; loop 0, ×8, from b0 b2
;;   poll
;;   v2 = i32.add p1:i32, v1
;;   v3 = call import f0(v2): i32
;;   v4 = i32.add v0, v3
;;   v5 = i32.add v1, -1
;;   branch v5 ? b2 : b3
;; b2:                                     ; in loop 0, ×7.0, from b1
;;   jump b1(v4, v5)
;; b3:                                     ; from b1
;;   return v4
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 18                    sub rsp, 24
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 54 00 00 00              jb +0x67
;;   0013  48 89 5d f0                    mov [rbp - 16], rbx
;;   0017  4c 89 65 e8                    mov [rbp - 24], r12
;;   001b  4c 89 6d e0                    mov [rbp - 32], r13
;; b0:
;;   001f  41 89 f5                       mov r13d, esi
;;   0022  31 db                          xor ebx, ebx
;;   0024  41 89 fc                       mov r12d, edi
;; b1:
;;   0027  49 3b 26                       cmp rsp, [r14]
;;   002a  0f 82 39 00 00 00              jb +0x69
;;   0030  43 8d 7c 25 00                 lea edi, [r13 + r12]
;;   0035  4d 8b 5e 40                    mov r11, [r14 + 64]
;;   0039  4d 8b 73 08                    mov r14, [r11 + 8]
;;   003d  4d 8b 1b                       mov r11, [r11]
;;   0040  4d 8b 7e 10                    mov r15, [r14 + 16]
;;   0044  41 ff 13                       call [r11]
;;   0047  4c 8b 75 f8                    mov r14, [rbp - 8]
;;   004b  4d 8b 7e 10                    mov r15, [r14 + 16]
;;   004f  01 c3                          add ebx, eax
;;   0051  41 83 c4 ff                    add r12d, -1
;;   0055  75 d0                          jne +0x27
;; b3:
;;   0057  89 d8                          mov eax, ebx
;;   0059  48 8b 5d f0                    mov rbx, [rbp - 16]
;;   005d  4c 8b 65 e8                    mov r12, [rbp - 24]
;;   0061  4c 8b 6d e0                    mov r13, [rbp - 32]
;;   0065  c9                             leave
;;   0066  c3                             ret
;; outOfLine:
;;   0067  0f 0b                          ud2
;;   0069  0f 0b                          ud2
;;   006b  eb c3                          jmp +0x30
