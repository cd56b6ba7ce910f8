;; A call by a table.
(module
  (type $t (func (param i32) (result i32)))
  (table 10 funcref)
  (func $f (param i32 i32) (result i32)
    (i32.add (call_indirect (type $t) (local.get 0) (local.get 1)) (local.get 1))))

;; Graph
;; b0:
;;   v0 = table.get 0[p1:i32]
;;   check signature v0 is 0
;;   v1 = call ref v0 indirect type 0(p0:i32): i32
;;   v2 = i32.add p1:i32, v1
;;   return v2
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 28                    sub rsp, 40
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 54 00 00 00              jb +0x67
;; b0:
;;   0013  89 75 d8                       mov [rbp - 40], esi
;;   0016  4d 8b 5e 40                    mov r11, [r14 + 64]
;;   001a  49 3b 73 08                    cmp rsi, [r11 + 8]
;;   001e  0f 83 45 00 00 00              jae +0x69
;;   0024  4d 8b 1b                       mov r11, [r11]
;;   0027  49 8b 0c f3                    mov rcx, [r11 + rsi*8]
;;   002b  81 79 10 00 00 00 00           cmp dword ptr [rcx + 16], 0
;;   0032  0f 85 33 00 00 00              jne +0x6b
;;   0038  4c 3b 71 08                    cmp r14, [rcx + 8]
;;   003c  0f 85 0d 00 00 00              jne +0x4f
;;   0042  4c 8b 19                       mov r11, [rcx]
;;   0045  41 ff 13                       call [r11]
;;   0048  8b 4d d8                       mov ecx, [rbp - 40]
;;   004b  01 c8                          add eax, ecx
;;   004d  c9                             leave
;;   004e  c3                             ret
;; outOfLine:
;;   004f  4c 8b 71 08                    mov r14, [rcx + 8]
;;   0053  4c 8b 19                       mov r11, [rcx]
;;   0056  4d 8b 7e 10                    mov r15, [r14 + 16]
;;   005a  41 ff 13                       call [r11]
;;   005d  4c 8b 75 f8                    mov r14, [rbp - 8]
;;   0061  4d 8b 7e 10                    mov r15, [r14 + 16]
;;   0065  eb e1                          jmp +0x48
;;   0067  0f 0b                          ud2
;;   0069  0f 0b                          ud2
;;   006b  0f 0b                          ud2
